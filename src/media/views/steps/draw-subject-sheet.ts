import { drawSheet } from '../../subject/index.ts';
import type { BuildState, StepTools } from '../view.ts';

/** Writes the sheet: all cut-outs on neutral grey, the frontal one first. There is none without a cut-out. */
export async function drawSubjectSheet({ views }: BuildState, tools: StepTools): Promise<void> {
  const cutouts = views.flatMap(({ cutout }) => (cutout === undefined ? [] : [cutout]));
  if (cutouts.length === 0) return;
  const { data, width, height } = await drawSheet(cutouts);
  await tools.writeFile(data, {
    name: 'sheet.webp',
    role: 'sheet',
    media_type: 'image/webp',
    width_px: width,
    height_px: height,
    source: null,
  });
}
