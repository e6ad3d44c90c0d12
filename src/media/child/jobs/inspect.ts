/** Job of a media child process: header facts of sources, or the first broken rule. */

import type { MediaSettings } from '../../config.ts';
import { inspectSource } from '../../inspect/inspect-source.ts';
import type { Progress } from '../../progress.ts';
import type { SourceHeader } from '../../schema.ts';
import type { MediaFile, MediaSource } from '../../sources.ts';

export interface InspectInput {
  sources: readonly (MediaSource | MediaFile)[];
  settings: MediaSettings;
}

/** Job `inspect`: the header of each source, or the refusal of the first that breaks a rule. */
export default async function inspect(
  { sources, settings }: InspectInput,
  report: (progress: Progress) => void,
): Promise<SourceHeader[]> {
  const headers: SourceHeader[] = [];
  for (const source of sources) {
    report({ fraction: headers.length / sources.length, step: 'inspectSource', param: source.param });
    headers.push(await inspectSource(source, settings));
  }
  return headers;
}
