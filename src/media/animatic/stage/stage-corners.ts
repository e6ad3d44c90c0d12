import type { Layer } from '../plan.ts';
import { frameRate, type ScriptShot } from '../script.ts';
import { type Stage, safeShare } from './stage.ts';
import { pillText, stillText } from './text-asset.ts';

/** What is written over every picture: the slate of the shot, the word ANIMATIC, the line that shows the time. */
export function stageCorners(shot: ScriptShot, at: number, stage: Stage): Layer[] {
  const mark = stageCorner('ANIMATIC', 'right', stage);
  if (!stage.script.is_still) return [stageSlate(shot, at, stage), mark, ...stageTimeLine(at, stage)];
  const words = nameLook(shot);
  return words.length === 0 ? [mark] : [stageCorner(words.join(separator), 'left', stage), mark];
}

const separator = '  ·  ';

/** More would not fit beside the word at the right. */
const signsMax = 3;

function stageSlate(shot: ScriptShot, at: number, stage: Stage): Layer {
  const seconds = Math.round((shot.frame_count / frameRate) * 10) / 10;
  const count = stage.script.shots.length;
  const words = [...(count > 1 ? [`SHOT ${at + 1}/${count}`] : []), ...nameLook(shot), `${seconds} s`];
  return stageCorner(words.join(separator), 'left', stage);
}

function nameLook(shot: ScriptShot): string[] {
  return [...nameFraming(shot), ...(shot.signs ?? []).slice(0, signsMax)];
}

const framingSigns = /CLOSE-UP|MEDIUM|WIDE|ESTABLISHING/;

function nameFraming({ scene, framing, cast, signs }: ScriptShot): string[] {
  if (scene.kind === 'motion') return ['MOTION'];
  if (scene.kind === 'clip') return ['OVER THE CLIP'];
  if (scene.kind === 'crossing') return ['START TO END'];
  // A sign of the framing says the same.
  if (signs?.some((sign) => framingSigns.test(sign))) return [];
  return scene.kind === 'picture' || cast.length === 0 ? [] : [framing.toUpperCase()];
}

function stageCorner(words: string, side: 'left' | 'right', stage: Stage): Layer {
  const { typesetter, unit, width, height } = stage;
  const sizePx = 13 * unit;
  const trackingPx = 1.3 * unit;
  const marginPx = 10 * unit;
  const textWidth = typesetter.measure(words, { weight: 600, sizePx, trackingPx }) - trackingPx;
  const size = { width: textWidth + 2 * marginPx, height: 25 * unit };
  const inset = safeShare * Math.min(width, height) * 0.75;
  const asset = pillText(words, { ...size, sizePx, marginPx }, { trackingPx, color: '#f2f2f0' });
  const layer = stillText(asset, side === 'left' ? inset : width - inset - size.width, inset);
  return { ...layer, opacity: [{ frame: 0, value: 0.85 }] };
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
    const length = (room * shot.frame_count) / total;
    const box = { left: Math.round(left), top, width: Math.round(length), height: thickness };
    left += length + gap;
    const ground: Layer = { asset: { kind: 'fill', color: '#ffffff', opacity: 0.28 }, box, depth: 0 };
    if (at > current) return [ground];
    return [ground, { asset: { kind: 'fill', color: '#ffffff', opacity: 0.8 }, box, depth: 0, grows: at === current }];
  });
}
