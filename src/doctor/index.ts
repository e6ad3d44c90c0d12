/**
 * Owns: the look at the whole server, each part with what is missing or wrong and how to mend it.
 * Not: the parts. It is given what it looks at, and keeps nothing.
 */
export type { KlingWay } from './check-kling.ts';
export { examine, type Patient } from './examine.ts';
export { Check, Diagnosis } from './schema.ts';
