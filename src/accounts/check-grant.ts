import { presentCredits } from '../lib/microcredits.ts';
import { grantTooWide } from './errors.ts';
import { hasRole } from './roles.ts';
import type { ApiKey } from './schema.ts';

/** What a key may do, as far as one key can give it to another. Null limits mean no limit. */
export type Grant = Pick<
  ApiKey,
  'role' | 'allowed_models' | 'total_limit_microcredits' | 'daily_limit_microcredits' | 'expires_at'
>;

/** Throws 403 `permission_denied` naming the first field in which `wanted` is more than `own`. */
export function checkGrant(own: Grant, wanted: Grant): void {
  const excess = findExcess(own, wanted);
  if (excess !== null) throw grantTooWide(excess.param, excess.rule);
}

/** Whether a changed key may do anything that it couldn't before. */
export function isWider(before: ApiKey, after: ApiKey): boolean {
  const isBack = before.disabled_at !== null && after.disabled_at === null;
  return isBack || findExcess(before, after) !== null;
}

function findExcess(own: Grant, wanted: Grant): { param: string; rule: string } | null {
  if (!hasRole(own.role, wanted.role))
    return { param: 'role', rule: `must be at most ${own.role}, as the asking key's` };
  const models = own.allowed_models;
  const other = wanted.allowed_models?.find((model) => !models?.includes(model));
  if (models !== null && (wanted.allowed_models === null || other !== undefined)) {
    return { param: 'allowed_models', rule: `must be among the asking key's own: ${models.join(', ')}` };
  }
  for (const name of ['total_limit', 'daily_limit'] as const) {
    const limit = own[`${name}_microcredits`];
    if (limit !== null && (wanted[`${name}_microcredits`] ?? Number.POSITIVE_INFINITY) > limit) {
      return { param: `${name}_credits`, rule: `must be at most ${presentCredits(limit)}, as the asking key's` };
    }
  }
  if (own.expires_at !== null && (wanted.expires_at === null || wanted.expires_at > own.expires_at)) {
    return { param: 'expires_at', rule: `must be no later than the asking key's, ${own.expires_at.toISOString()}` };
  }
  return null;
}
