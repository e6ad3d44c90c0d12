import { type Invalid, joinPath } from './describe-invalid.ts';

export interface ShapeLimits {
  /** Nested arrays and objects, the outermost counting as 1. */
  depthMax: number;
  /** Keys of all objects together. */
  keysMax: number;
  /** Items of all arrays together. */
  itemsMax: number;
}

/** Depth and keys as `docs/decisions/0030` has them; no documented request holds more than about sixty items. */
export const shapeLimits: ShapeLimits = { depthMax: 32, keysMax: 200, itemsMax: 1000 };

/** Keys that change what an object inherits where a careless copy meets them; no request has a use for them. */
const forbiddenPath = /(^|\.)(__proto__|constructor\.prototype)$/;

/**
 * The first limit that a parsed JSON value breaks, or the first key that it must not have, or null. Runs without recursion and stops at the limit, so its cost
 * is bounded by the limits, whatever the value.
 */
export function checkJsonShape(value: unknown, limits: ShapeLimits = shapeLimits, root = 'body'): Invalid | null {
  const open = [{ value, path: '', depth: 1 }];
  let keyCount = 0;
  let itemCount = 0;
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const refuse = (rule: string): Invalid => {
      const param = place.path === '' ? root : place.path;
      return { param, message: `${param}: ${rule}` };
    };
    if (forbiddenPath.test(place.path)) return refuse('is a key that no request may have');
    if (typeof place.value !== 'object' || place.value === null) continue;
    if (place.depth > limits.depthMax) return refuse(`nested deeper than ${limits.depthMax} levels`);
    if (Array.isArray(place.value)) {
      itemCount += place.value.length;
      if (itemCount > limits.itemsMax) return refuse(`more than ${limits.itemsMax} array items in the request`);
    } else {
      keyCount += countKeys(place.value, limits.keysMax - keyCount);
      if (keyCount > limits.keysMax) return refuse(`more than ${limits.keysMax} keys in the request`);
    }
    for (const [key, child] of Object.entries(place.value)) {
      const step = Array.isArray(place.value) ? Number(key) : key.slice(0, 40);
      open.push({ value: child, path: joinPath(place.path, step), depth: place.depth + 1 });
    }
  }
  return null;
}

/** Counts to one above `max`, no further. */
function countKeys(object: object, max: number): number {
  let count = 0;
  for (const _ in object) if (++count > max) break;
  return count;
}
