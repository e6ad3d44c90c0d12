/** Job of a media child process: pictures of a script in the work folder. */

import { renderStills, type StillsResult } from '../../animatic/render-stills.ts';
import type { Progress } from '../../progress.ts';
import type { RenderInput } from './render-animatic.ts';

/** Job `render-stills`: one picture of each shot of a script, in the work folder. */
export default function render(
  { script, settings, workFolder }: RenderInput,
  report: (progress: Progress) => void,
): Promise<StillsResult> {
  return renderStills(script, workFolder, settings, report);
}
