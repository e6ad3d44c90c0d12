import { parseColor } from '../assets/color.ts';
import type { Camera, Layer } from '../plan.ts';
import type { Move, PaintedPlace, Scene, ScriptShot } from '../script.ts';
import { coverOf } from './plan-camera.ts';
import { boxAround, type Stage } from './stage.ts';

/** How much of the camera's move the ground takes: what is far behind the figures moves less. */
const groundDepth = 0.4;

/** The layers behind the figures; the lowest covers the frame at every time of the shot. */
export function stageScene(shot: ScriptShot, stage: Stage): Layer[] {
  const { scene } = shot;
  switch (scene.kind) {
    case 'studio':
      return [stageStudio(shot, stage)];
    case 'painted':
      return [stagePlace(shot, scene.place, stage)];
    case 'picture':
      return [stagePhoto(scene.image, stage, 1, shot.move, false)];
    case 'place':
      return [stagePhoto(scene.image, stage, groundDepth, shot.move, true)];
    case 'crossing':
      return stageCrossing(scene, shot.frame_count, stage);
    case 'clip':
    case 'motion':
      return [{ asset: { kind: 'clip' }, box: frameBox(stage, 1), depth: 0 }];
  }
}

function frameBox({ width, height }: Stage, cover: number) {
  return boxAround(width / 2, height / 2, width * cover, height * cover);
}

function stagePhoto(image: number, stage: Stage, depth: number, move: Move, isPlace: boolean): Layer {
  const box = frameBox(stage, coverOf(depth, move));
  const blurPx = isPlace ? 7 * stage.unit : 0;
  return { asset: { kind: 'photo', image, width: box.width, height: box.height, blurPx, isPlace }, box, depth };
}

/** Where wall and floor meet, in shares of the height: a nearer camera sees less floor. */
const horizons = { wide: 0.6, medium: 0.67, close: 0.86 } as const;
/** An upright frame shows more floor, for the figures that stand one behind the other. */
const horizonRise = { landscape: 0, square: 0.06, portrait: 0.14 } as const;
const lights = { left: 0.42, centre: 0.5, right: 0.58 } as const;

/** Where the feet of figures are at the highest, nearly. */
const feetMin = 0.7;
/** How much lower or higher a low or high eye of the camera sees the horizon. */
const angleShift = { low: 0.1, high: -0.16 } as const;

function stagePlace(shot: ScriptShot, place: PaintedPlace, stage: Stage): Layer {
  const box = frameBox(stage, coverOf(groundDepth, shot.move));
  const { width, height } = box;
  const horizonY = findHorizon(shot, stage) * height;
  return { asset: { kind: 'place', width, height, place, horizonY }, box, depth: groundDepth };
}

/** Height of the line between wall or sky and floor, as a share of the ground's height. */
export function findHorizon({ framing, angle }: ScriptShot, { shape }: Stage): number {
  const shift = angle === undefined ? 0 : angleShift[angle];
  const horizon = horizons[framing] - horizonRise[shape];
  // Feet stand on the floor, whatever the eye sees.
  return angle === 'low' ? Math.max(horizon, Math.min(feetMin, horizon + shift)) : horizon + shift;
}

function stageStudio(shot: ScriptShot, stage: Stage): Layer {
  const box = frameBox(stage, coverOf(groundDepth, shot.move));
  const { width, height } = box;
  const color = chooseGround(shot, stage);
  const horizonY = findHorizon(shot, stage) * height;
  const asset = { kind: 'studio' as const, width, height, color, horizonY, lightX: lights[shot.side] * width };
  return { asset, box, depth: groundDepth };
}

/** Mean lightness from which a figure stands better before a dark ground. */
const brightFrom = 0.6;

/** Grounds for dark and for light figures of warm and of cool colors: the other temperature sets them off. */
const grounds = { dark: { warm: '#454d58', cool: '#57514b' }, light: { warm: '#cbcfd3', cool: '#d3cec6' } } as const;
/** Where only words are seen. */
const wordsGround = '#39414d';

/** Light behind a dark figure and dark behind a light one. */
function chooseGround({ cast }: ScriptShot, { script }: Stage): string {
  const first = cast.map((at) => script.cast[at]).find((figure) => figure !== undefined);
  if (first === undefined) return wordsGround;
  const [red, , blue] = parseColor(first.colors[0] ?? '#808080');
  return grounds[first.brightness > brightFrom ? 'dark' : 'light'][red >= blue ? 'warm' : 'cool'];
}

/** Part of the shot in which the one picture fades into the other. */
const fadeFrom = 0.36;
const fadeTo = 0.64;

function stageCrossing({ from, to }: Extract<Scene, { kind: 'crossing' }>, frameCount: number, stage: Stage): Layer[] {
  const away = { zoom: 1.13, x: 0.05 * stage.width, y: 0 };
  const here = { zoom: 1, x: 0, y: 0 };
  const layer = (image: number, camera: Camera): Layer => {
    const { width, height } = stage;
    return {
      asset: { kind: 'photo', image, width, height, blurPx: 0, isPlace: false },
      box: frameBox(stage, 1),
      depth: 1,
      camera,
    };
  };
  const keys = [
    { frame: Math.round(fadeFrom * frameCount), value: 0 },
    { frame: Math.max(1, Math.round(fadeTo * frameCount)), value: 1 },
  ];
  return [
    layer(from, { from: here, to: away }),
    { ...layer(to, { from: { ...away, x: -away.x }, to: here }), opacity: keys },
  ];
}
