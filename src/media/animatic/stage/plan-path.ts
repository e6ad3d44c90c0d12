import { easeCamera, easeOut } from '../frame/ease.ts';
import type { Box, PathStep } from '../plan.ts';
import { type ActionKind, frameRate } from '../script.ts';

/** One thing that a figure does: what, and to which side it goes (1 to the right, −1 to the left). */
export interface Act {
  kind: ActionKind;
  way: 1 | -1;
}

/** A figure as it acts. Lengths are pixels of the frame. */
export interface Actor {
  /** At rest. */
  box: Box;
  /** Whether its feet are in the frame. */
  stands: boolean;
  /** Whether its feet are in its picture, so that it can leave the floor, be that in the frame or below; a bust can't. */
  hasFeet: boolean;
  /** Height of the line between wall and floor: what goes away goes up to it. */
  horizonY: number;
  frame: { width: number; height: number };
}

/** Where a figure is in a frame: on the floor, and how far above it. */
export interface WayStep extends PathStep {
  lift: number;
}

type Pose = Omit<WayStep, 'frame'>;

/** Shares of the frame's width: beyond the edge from wherever one stands, across the picture, together until a gap is left, to another. */
const outside = 0.75;
const crossing = 0.26;
const togetherMax = 0.2;
const gap = 0.02;
const joining = { from: 0.2, to: 0.08 };
/** Seconds until one has come, is in the air, has fallen. */
const comingSeconds = 1.2;
const jumpSeconds = 0.8;
const fallSeconds = 0.9;
/** How high a jump goes, as a share of the figure's height. */
const jumpHeight = 0.28;
/** Sizes far from the camera and close to it, against the usual one; the second of one that the frame cuts off. */
const far = 0.4;
const close = 1.18;
const closeCut = 1.3;
/** Frames between two steps: between them it goes straight. */
const stride = 2;

/** The way of a figure that does these things one after the other, each for an equal part of the shot's frames. */
export function planWay(acts: readonly Act[], actor: Actor, frameCount: number): WayStep[] {
  const steps: WayStep[] = [];
  let pose: Pose = { x: 0, y: 0, scale: 1, lift: 0 };
  for (const [at, act] of acts.entries()) {
    const { from, to } = partOf(at, acts.length, frameCount);
    const seconds = (to - from) / frameRate;
    const start = at === 0 ? null : pose;
    const poseAt = (share: number) => actPose(act, actor, start, share, seconds);
    for (let frame = from; frame < to; frame += stride) {
      steps.push({ frame, ...poseAt((frame - from) / Math.max(1, to - from - 1)) });
    }
    pose = poseAt(1);
    steps.push({ frame: to - 1, ...pose });
  }
  return steps.filter(({ frame }, at) => frame > (steps[at - 1]?.frame ?? -1));
}

/** The frames of the `at`th of `count` acts: from the first to the one behind the last. */
export function partOf(at: number, count: number, frameCount: number): { from: number; to: number } {
  return { from: Math.round((at / count) * frameCount), to: Math.round(((at + 1) / count) * frameCount) };
}

/** `start` is where the act before has led; null for the first, which begins wherever it begins best. */
function actPose({ kind, way }: Act, actor: Actor, start: Pose | null, share: number, seconds: number): Pose {
  const { width } = actor.frame;
  const rest = start ?? { x: 0, y: 0, scale: 1, lift: 0 };
  const comes = (from: number, to: number, within: number) =>
    walk(rest, way * from * width, way * to * width, easeOut((share * seconds) / within));
  switch (kind) {
    case 'enter':
      return comes(-outside, 0, comingSeconds);
    case 'meet':
      return comes(-outside, findMiddle(actor, way), Math.max(comingSeconds, 0.5 * seconds));
    case 'join':
      return walk(rest, start?.x ?? -way * joining.from * width, way * joining.to * width, easeCamera(share));
    case 'exit':
      return walk(rest, rest.x, way * outside * width, easeCamera(share));
    case 'cross':
      return walk(rest, start?.x ?? -way * crossing * width, way * crossing * width, easeCamera(share));
    case 'turn':
      return rest;
    case 'approach':
      return reach(rest, actor, start?.scale ?? (actor.stands ? far : 1), actor.stands ? close : closeCut, share);
    case 'recede':
      return reach(rest, actor, start?.scale ?? (actor.stands ? 1 : closeCut), actor.stands ? far : 1, share);
    case 'jump':
    case 'fall':
    case 'rise':
      return actor.hasFeet ? { ...rest, lift: liftAt(kind, actor.box, share, seconds) } : rest;
  }
}

/** How far it is to the middle of the frame, for the edge that comes first. */
function findMiddle({ box, frame }: Actor, way: 1 | -1): number {
  const edge = way > 0 ? box.left + box.width : frame.width - box.left;
  return Math.min(togetherMax, Math.max(0, 0.5 - gap - edge / frame.width));
}

function walk(rest: Pose, from: number, to: number, share: number): Pose {
  return { ...rest, x: from + (to - from) * share };
}

/** Towards the camera or away from it, in perspective: feet are as far from the horizon as the figure is large. */
function reach(rest: Pose, { box, stands, horizonY }: Actor, from: number, to: number, share: number): Pose {
  const scale = from + (to - from) * easeCamera(share);
  const depth = Math.max(0, box.top + box.height - horizonY);
  return { ...rest, scale, y: stands ? (scale - 1) * depth : 0 };
}

function liftAt(kind: 'jump' | 'fall' | 'rise', box: Box, share: number, seconds: number): number {
  const whole = box.top + 1.05 * box.height;
  switch (kind) {
    case 'jump': {
      const begin = Math.max(0, 0.4 * (seconds - jumpSeconds));
      const flight = Math.min(1, Math.max(0, (share * seconds - begin) / Math.min(jumpSeconds, seconds)));
      return 4 * jumpHeight * box.height * flight * (1 - flight);
    }
    case 'fall': {
      const fallen = Math.min(1, (share * seconds) / Math.min(fallSeconds, seconds));
      return whole * (1 - fallen ** 2);
    }
    case 'rise':
      return whole * share ** 2;
  }
}
