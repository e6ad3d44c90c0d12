/** Job of a media child process: an element made anew around the cut-out of one of its views. */

import type { MediaSettings } from '../../config.ts';
import type { Plugins } from '../../plugins/index.ts';
import type { Progress } from '../../progress.ts';
import { loadSharp } from '../../raster/load-sharp.ts';
import type { ElementManifest } from '../../schema.ts';
import { type Remaking, remakeElement } from '../../views/mending/remake-element.ts';
import { openFaceComparer } from './open-face-comparer.ts';
import { openRunners } from './open-runners.ts';
import { openWorkFolder } from './open-work-folder.ts';

interface RemakeInput extends Remaking {
  settings: MediaSettings;
  workFolder: string;
  plugins: Plugins;
}

/** Job `remake`: the new files, written into the work folder, and the manifest that has them. */
export default async function remake(
  { settings, workFolder, plugins, ...remaking }: RemakeInput,
  report: (progress: Progress) => void,
): Promise<ElementManifest> {
  const progress = { fraction: 0, step: 'remakeElement', param: 'strokes' };
  report(progress);
  const models = await openRunners(plugins, settings, ({ task, name }, param) => {
    report({ ...progress, param, model: { task, name } });
  });
  const faceComparer = await openFaceComparer(settings, plugins);
  const folder = openWorkFolder(workFolder, 'strokes');
  return await remakeElement(remaking, () => ({ ...folder.createTools(), ...settings, models, ...faceComparer }));
}

/** Loads what every job here needs, before its time begins. */
export async function prepare(): Promise<void> {
  await loadSharp();
}
