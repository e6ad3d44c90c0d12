import type { TextAsset } from './assets/asset.ts';
import { dotGap, dotShare } from './assets/draw-text.ts';
import type { Layer } from './plan.ts';
import { frameRate, type ScriptShot } from './script.ts';
import { boxAround, captionEndShare, type Stage, safeShare, tagShare } from './stage.ts';
import { wrapText } from './text/wrap-text.ts';

/** A name under a figure: a dark pill with a dot in the figure's colour, its centre at `x`, `y`, kept inside the frame. */
export function stageTag(name: string, dot: string | null, x: number, y: number, stage: Stage): Layer {
  const { typesetter, unit, width } = stage;
  const sizePx = 17 * unit;
  const style = { weight: 600 as const, sizePx, trackingPx: 0 };
  const widthMax = 0.4 * width;
  const [line = ''] = wrapText(typesetter.clean(name), (text) => typesetter.measure(text, style) <= widthMax, 1);
  const margin = 11 * unit;
  const textWidth = typesetter.measure(line, style) + (dot === null ? 0 : (dotShare + dotGap) * sizePx);
  const boxWidth = textWidth + 2 * margin;
  const height = 30 * unit;
  const inside = Math.min(width * (1 - safeShare) - boxWidth / 2, Math.max(width * safeShare + boxWidth / 2, x));
  const asset = pill([line], sizePx, boxWidth, height, margin, dot, 0);
  return { asset, box: boxAround(inside, y, boxWidth, height), depth: 0, keepsSize: true };
}

/** Everything that is written over the picture: caption, slate, the word ANIMATIC, the line that shows the time. */
export function stageLabels(shot: ScriptShot, at: number, stage: Stage): Layer[] {
  return [...stageCaption(shot, stage), stageSlate(shot, at, stage), stageMark(stage), ...stageTimeLine(at, stage)];
}

const linesMax = { landscape: 3, square: 4, portrait: 5 } as const;

function stageCaption({ caption }: ScriptShot, stage: Stage): Layer[] {
  const { width, height, unit, shape } = stage;
  const sizePx = 24 * unit;
  const text = layText(caption, stage, sizePx, 0.86 * width, linesMax[shape]);
  if (text === null) return [];
  const bottom = captionEndShare * height - 8 * unit;
  const box = {
    left: (width - text.width) / 2,
    top: bottom - text.height + text.marginPx,
    width: text.width,
    height: text.height,
  };
  const scrimTop = Math.min(0.7 * height, box.top - 0.09 * height);
  const scrim = { left: 0, top: Math.round(scrimTop), width, height: height - Math.round(scrimTop) };
  return [
    { asset: { kind: 'scrim', width, height: scrim.height }, box: scrim, depth: 0 },
    {
      asset: text,
      box,
      depth: 0,
      opacity: [
        { frame: -1, value: 0.25 },
        { frame: Math.round(0.25 * frameRate), value: 1 },
      ],
    },
  ];
}

/** A shot of which only words are known: they stand large in the middle, as on a card between scenes. */
export function stageWords({ caption }: ScriptShot, stage: Stage): Layer[] {
  const { width, height, unit, shape } = stage;
  const text = layText(
    caption,
    stage,
    34 * unit,
    (shape === 'landscape' ? 0.68 : 0.82) * width,
    shape === 'landscape' ? 8 : 12,
  );
  return text === null
    ? []
    : [{ asset: text, box: boxAround(width / 2, height * 0.49, text.width, text.height), depth: 0.6 }];
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
  return {
    kind: 'text',
    lines,
    ...style,
    lineHeightPx,
    align: 'centre',
    colour: '#ffffff',
    width,
    height,
    marginPx,
    backing: 'shadow',
    dot: null,
  };
}

/** Lines of about equal width: a last line of one word looks like a mistake. */
function balance(text: string, measure: (line: string) => number, widthMax: number, lineCount: number): string[] {
  const widest = wrapText(text, (line) => measure(line) <= widthMax, lineCount);
  if (widest.length < 2 || widest.at(-1)?.endsWith('…')) return widest;
  for (let share = 0.55; share < 1; share += 0.05) {
    const lines = wrapText(text, (line) => measure(line) <= widthMax * share, lineCount);
    if (lines.length === widest.length && !lines.at(-1)?.endsWith('…')) return lines;
  }
  return widest;
}

function stageSlate(shot: ScriptShot, at: number, stage: Stage): Layer {
  const seconds = Math.round((shot.frame_count / frameRate) * 10) / 10;
  const count = stage.script.shots.length;
  const words = [...(count > 1 ? [`SHOT ${at + 1}/${count}`] : []), ...nameFraming(shot), `${seconds} s`];
  return stageCorner(words.join('  ·  '), 'left', stage);
}

function nameFraming({ scene, framing, cast }: ScriptShot): string[] {
  if (scene.kind === 'motion') return ['MOTION'];
  if (scene.kind === 'clip') return ['OVER THE CLIP'];
  if (scene.kind === 'crossing') return ['START TO END'];
  return scene.kind === 'picture' || cast.length === 0 ? [] : [framing.toUpperCase()];
}

function stageMark(stage: Stage): Layer {
  return stageCorner('ANIMATIC', 'right', stage);
}

function stageCorner(words: string, side: 'left' | 'right', stage: Stage): Layer {
  const { typesetter, unit, width, height } = stage;
  const sizePx = 13 * unit;
  const trackingPx = 1.3 * unit;
  const margin = 10 * unit;
  const boxWidth = typesetter.measure(words, { weight: 600, sizePx, trackingPx }) - trackingPx + 2 * margin;
  const boxHeight = 25 * unit;
  const inset = safeShare * Math.min(width, height) * 0.75;
  const left = Math.round(side === 'left' ? inset : width - inset - boxWidth);
  const asset = { ...pill([words], sizePx, boxWidth, boxHeight, margin, null, trackingPx), colour: '#f2f2f0' };
  return {
    asset,
    box: { left, top: Math.round(inset), width: boxWidth, height: boxHeight },
    depth: 0,
    opacity: [{ frame: 0, value: 0.85 }],
  };
}

function pill(
  lines: string[],
  sizePx: number,
  width: number,
  height: number,
  marginPx: number,
  dot: string | null,
  trackingPx: number,
): TextAsset {
  return {
    kind: 'text',
    lines,
    sizePx,
    weight: 600,
    trackingPx,
    lineHeightPx: height,
    align: 'left',
    colour: '#ffffff',
    width,
    height,
    marginPx,
    backing: 'pill',
    dot,
  };
}

/** A thin line at the lower edge with one piece for each shot, filled as time passes. */
function stageTimeLine(current: number, { script, width, height, unit }: Stage): Layer[] {
  const total = script.shots.reduce((sum, shot) => sum + shot.frame_count, 0);
  const gap = 4 * unit;
  const room = width * (1 - 2 * safeShare) - gap * (script.shots.length - 1);
  const thickness = Math.max(2, Math.round(3 * unit));
  const top = Math.round(height * 0.972);
  let left = width * safeShare;
  return script.shots.flatMap((shot, at) => {
    const box = {
      left: Math.round(left),
      top,
      width: Math.round((room * shot.frame_count) / total),
      height: thickness,
    };
    left += (room * shot.frame_count) / total + gap;
    const ground: Layer = { asset: { kind: 'fill', colour: '#ffffff', opacity: 0.28 }, box, depth: 0 };
    if (at > current) return [ground];
    return [ground, { asset: { kind: 'fill', colour: '#ffffff', opacity: 0.8 }, box, depth: 0, grows: at === current }];
  });
}

/** Images of the request pinned to the picture, each with its name, in a column under the right corner. */
export function stagePinned({ pinned }: ScriptShot, stage: Stage): Layer[] {
  const { script, width, height, unit } = stage;
  const room = (tagShare - 0.16) * height;
  const side = Math.min(
    (stage.shape === 'portrait' ? 0.12 : 0.19) * height,
    room / Math.max(1, pinned.length) - 34 * unit,
  );
  const margin = 14 * unit;
  return pinned.flatMap((at, order) => {
    const image = script.images[at];
    if (image === undefined) return [];
    const ratio = Math.min(1.6, Math.max(0.6, image.header.width_px / image.header.height_px));
    const size = {
      width: ratio >= 1 ? side * Math.min(ratio, 1.3) : side * ratio,
      height: ratio >= 1 ? (side * Math.min(ratio, 1.3)) / ratio : side,
    };
    const centreX = width * (1 - safeShare * 0.8) - size.width / 2;
    const centreY = 0.13 * height + order * (side + 34 * unit) + size.height / 2;
    const entrance = {
      depth: 0,
      enters: { x: 26 * unit, y: 0, frameCount: 14 + 3 * order },
      opacity: [
        { frame: 2 * order, value: 0 },
        { frame: 8 + 2 * order, value: 1 },
      ],
    };
    const asset = {
      kind: 'card' as const,
      picture: { kind: 'image' as const, image: at },
      ...size,
      marginPx: margin,
      edgePx: 4 * unit,
    };
    const tag = stageTag(image.label, null, centreX, centreY + size.height / 2 + 2 * unit, stage);
    return [
      { asset, box: boxAround(centreX, centreY, size.width + 2 * margin, size.height + 2 * margin), ...entrance },
      { ...tag, ...entrance },
    ];
  });
}
