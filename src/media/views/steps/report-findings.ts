import type { Pixels } from '../../raster/pixels.ts';
import type { QualityFinding } from '../../schema.ts';
import { countDifferentBits, type Finding, type ReportSource, reportQuality } from '../../subject/index.ts';
import { nameView, presentView } from '../present-view.ts';
import type { BuildState, View } from '../view.ts';
import { uprightName } from './encode-upright.ts';

/** Judges what was measured: what is good, and what a maker should do better. */
export function reportFindings(state: BuildState): void {
  const files = new Map(state.views.map((view) => [nameView(view), uprightName(view)]));
  state.report = reportQuality(state.views.map(describeView), countDifferentBits).map((finding) =>
    toStored(finding, files),
  );
}

function describeView(view: View): ReportSource {
  const { width, height } = view.pixels;
  const { person } = view;
  return {
    source: nameView(view),
    width,
    height,
    visible_share: measureVisible(view.pixels),
    ...presentView(view),
    ...(person && 'than' in person && { person: { than: nameView(person.than), score: person.score } }),
  };
}

/** Alpha (of 255) up to which nobody sees a pixel. */
const unseenMax = 16;

function measureVisible({ data, width, height, channels }: Pixels): number {
  if (channels === 3) return 1;
  let visible = 0;
  for (let at = 3; at < data.length; at += 4) if ((data[at] as number) > unseenMax) visible += 1;
  return Math.round((visible / (width * height)) * 10_000) / 10_000;
}

function toStored(finding: Finding, files: ReadonlyMap<string, string>): QualityFinding {
  const { source, ...rest } = finding;
  return { ...rest, file: files.get(source ?? '') ?? null };
}
