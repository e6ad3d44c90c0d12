import type { TextAsset } from '../asset.ts';
import type { Layer } from '../plan.ts';
import { frameRate, type ScriptShot } from '../script.ts';
import { wrapText } from '../text/wrap-text.ts';
import { boxAround, captionEndShare, type Stage } from './stage.ts';
import { stillText } from './text-asset.ts';

const linesMax = { landscape: 3, square: 4, portrait: 5 } as const;

/** The words of a shot at its lower edge, on a darkness that grows towards it; nothing where there are none. */
export function stageCaption({ caption }: Pick<ScriptShot, 'caption'>, stage: Stage): Layer[] {
  const { width, height, unit, shape } = stage;
  const text = layText(caption, stage, 24 * unit, 0.86 * width, linesMax[shape]);
  if (text === null) return [];
  const top = captionEndShare * height - 8 * unit - text.height + text.marginPx;
  const scrimTop = Math.round(Math.min(0.7 * height, top - 0.1 * height));
  const scrim = { left: 0, top: scrimTop, width, height: height - scrimTop };
  return [
    { asset: { kind: 'scrim', width, height: scrim.height }, box: scrim, depth: 0 },
    {
      ...stillText(text, (width - text.width) / 2, top),
      opacity: [
        { frame: -1, value: 0.25 },
        { frame: Math.round(0.25 * frameRate), value: 1 },
      ],
    },
  ];
}

/** A shot of which only words are known: they stand large in the middle, as on a card between scenes. */
export function stageWords({ caption }: Pick<ScriptShot, 'caption'>, stage: Stage): Layer[] {
  const { width, height, unit, shape } = stage;
  const isWide = shape === 'landscape';
  const text = layText(caption, stage, 34 * unit, (isWide ? 0.68 : 0.82) * width, isWide ? 8 : 12);
  if (text === null) return [];
  return [{ asset: text, box: boxAround(width / 2, height * 0.49, text.width, text.height), depth: 0.6 }];
}

function layText(
  caption: string,
  { typesetter }: Stage,
  sizePx: number,
  widthMax: number,
  lineCount: number,
): TextAsset | null {
  const style = { weight: 500 as const, sizePx, trackingPx: 0 };
  const measure = (line: string) => typesetter.measure(line, style);
  const lines = balance(typesetter.clean(caption), measure, widthMax, lineCount);
  if (lines.length === 0) return null;
  const lineHeightPx = 1.32 * sizePx;
  const marginPx = 0.4 * sizePx;
  const width = Math.max(...lines.map(measure)) + 2 * marginPx + 2;
  const height = lines.length * lineHeightPx + 2 * marginPx;
  const look = { align: 'centre', color: '#ffffff', backing: 'shadow', dot: null, isStill: false } as const;
  return { kind: 'text', lines, ...style, lineHeightPx, width, height, marginPx, ...look };
}

/** Lines of about equal width: a last line of one word looks like a mistake. */
function balance(text: string, measure: (line: string) => number, widthMax: number, lineCount: number): string[] {
  const wrap = (share: number) => wrapText(text, (line) => measure(line) <= widthMax * share, lineCount);
  const widest = wrap(1);
  if (widest.length < 2 || widest.at(-1)?.endsWith('…')) return widest;
  for (let share = 0.55; share < 1; share += 0.05) {
    const lines = wrap(share);
    if (lines.length === widest.length && !lines.at(-1)?.endsWith('…')) return lines;
  }
  return widest;
}
