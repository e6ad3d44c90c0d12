/** Job of a media child process: an animatic rendered into the work folder. */

import type { EncoderSettings } from '../../animatic/encode/find-encoder.ts';
import { type AnimaticResult, renderAnimatic } from '../../animatic/render-animatic.ts';
import type { AnimaticScript } from '../../animatic/script.ts';
import type { MediaSettings } from '../../config.ts';
import type { Progress } from '../../progress.ts';

export interface RenderInput {
  script: AnimaticScript;
  settings: MediaSettings & EncoderSettings;
  workFolder: string;
}

/** Job `render-animatic`: the video of a script, in the work folder. */
export default function render(
  { script, settings, workFolder }: RenderInput,
  report: (progress: Progress) => void,
): Promise<AnimaticResult> {
  return renderAnimatic(script, workFolder, settings, report);
}
