/**
 * The command line. Owns the words: how commands are found, parsed, explained and ended, and the commands that go through
 * the API. The commands that need the server's own machine are handed in by `src/main.ts` in the same shape. Invariant:
 * knows a server only through `client/`.
 */
export { findCallersFolder, parseNumber, UsageError } from './arguments.ts';
export type { Command, Commands, Option, OptionValues } from './command.ts';
export { clientCommands } from './commands.ts';
export { describeAccount } from './describe-account.ts';
export { describeKey } from './describe-key.ts';
export { describeKlingCheck, describeKlingStatus } from './describe-kling.ts';
export { exitCodes } from './exit-codes.ts';
export { findNearest } from './find-nearest.ts';
export { presentDiagnosis } from './present-diagnosis.ts';
export { readVersion } from './read-version.ts';
export { remoteRuns } from './remote-runs.ts';
export { findCommand, runCommands } from './run-commands.ts';
export { showProgress } from './show-progress.ts';
