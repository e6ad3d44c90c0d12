import { existsSync } from 'node:fs';

/** Whether a program that a test runs isn't there, which is said aloud: a test that is skipped proves nothing. */
export function isMissing(program: string): boolean {
  if (existsSync(program)) return false;
  process.stderr.write(`SKIPPED: there is no ${program}; .ci/run installs it\n`);
  return true;
}
