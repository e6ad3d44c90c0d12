import { findOnPlainGround } from '../../subject/index.ts';
import type { BuildState } from '../view.ts';

/** A subject on plain ground is known nearly exactly, before anything is guessed; other views stay as they are. */
export function solvePlainGround({ views }: BuildState): void {
  for (const view of views) {
    const found = findOnPlainGround(view.small);
    if (found === null) continue;
    view.matte = found;
    view.isOnPlainGround = true;
    view.matteGuide = exactGuide;
  }
}

/** The mask is as fine as the small copy: only its own steps are smoothed. */
const exactGuide = { solvePx: 512, radiusPx: 2 };
