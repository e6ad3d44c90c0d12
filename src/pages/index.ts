/**
 * Owns the console's pages as files: builds them from `console/` where they aren't built yet, or takes those that the package
 * brought, and holds them in memory, compressed. Knows no route and nobody who asks.
 * Invariant: what is built belongs to exactly these sources and this lock file, and is whole.
 */

export type { Page } from './load-pages.ts';
export { openPages, type Pages } from './open-pages.ts';
