/** Job of a media child process: what a model is and takes, before it is added. */

import { type Trial, type TrialInput, tryFile } from '../../plugins/index.ts';
import type { Progress } from '../../progress.ts';

/** Job `try-model`: one run of a model that is being added. */
export default function tryModel(input: TrialInput, report: (progress: Progress) => void): Promise<Trial> {
  report({ fraction: 0, step: 'tryModel', param: undefined });
  return tryFile(input);
}
