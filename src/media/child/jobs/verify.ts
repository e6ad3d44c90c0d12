/** Job of a media child process: whether files that come from elsewhere are what their manifest says. */

import type { MediaSettings } from '../../config.ts';
import { verifyFile } from '../../inspect/verify-file.ts';
import type { Progress } from '../../progress.ts';
import type { GivenFile } from '../../sources.ts';

interface VerifyInput {
  files: readonly GivenFile[];
  settings: MediaSettings;
}

/** Checks them in their order; throws the first one's error. */
export default async function verify(
  { files, settings }: VerifyInput,
  report: (progress: Progress) => void,
): Promise<null> {
  for (const [at, file] of files.entries()) {
    report({ fraction: at / files.length, step: 'verifyFile', param: file.param });
    await verifyFile(file, settings);
  }
  return null;
}
