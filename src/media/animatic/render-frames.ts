import { type Asset, isSoft } from './asset.ts';
import { type AssetTools, makeAsset } from './assets/make-asset.ts';
import type { Clip } from './clip/clip.ts';
import { createEasel, type Easel, type HeldRaster } from './frame/create-easel.ts';
import { drawLayer } from './frame/draw-layer.ts';
import type { Place } from './frame/draw-planes.ts';
import { type Ground, keepGround } from './frame/keep-ground.ts';
import { placeLayer, toPlace } from './frame/place-layer.ts';
import { subdueFrame } from './frame/subdue-frame.ts';
import type { Shot, Track } from './plan.ts';

export interface RenderTools {
  size: { width: number; height: number };
  assets: AssetTools;
  /** One point for each frame of the clip; empty where nothing follows it. */
  track: Track;
  /** Null without one. */
  clip: Clip | null;
  /** Where one frame alone is wanted of each shot: its place as a share of the shot's frames, 0…1. */
  moment?: number;
  /** Told before each frame how many there are already. */
  onFrame(count: number): void;
}

/**
 * The frames of all shots, one by one, as I420 bytes that are valid until the next is asked for. Holds the assets of one
 * shot at a time. A clip that ends early stands still with its last frame.
 */
export async function* renderFrames(
  shots: readonly Shot[],
  { size, assets, track, clip: source, moment: place, onFrame }: RenderTools,
): AsyncGenerator<Uint8Array> {
  const easel = createEasel(size.width, size.height);
  const clip = source?.open();
  const ground = keepGround(easel);
  let rasters = new Map<string, HeldRaster>();
  let done = 0;
  try {
    for (const shot of shots) {
      rasters = await takeRasters(shot, rasters, assets, easel);
      const [first, end] = place === undefined ? [0, shot.frameCount] : chooseFrame(shot, place);
      for (let at = first; at < end; at++, done++) {
        onFrame(done);
        // the frame of a clip lies below all else; it is read also where it isn't seen
        await clip?.write(easel.frame().data);
        const shown = track.length === 0 ? track : [track[Math.min(done, track.length - 1)] as Track[number]];
        composeShot(easel, ground, shot, at, rasters, shown);
        yield easel.frame().data;
      }
    }
    await clip?.finish();
  } finally {
    await clip?.close();
  }
}

/** The number of the one frame, and the next. */
function chooseFrame({ frameCount }: Shot, place: number): [number, number] {
  const at = Math.round(place * (frameCount - 1));
  return [at, at + 1];
}

/** `track` holds the point of this frame alone. */
function composeShot(
  easel: Easel,
  ground: Ground,
  shot: Shot,
  at: number,
  rasters: ReadonlyMap<string, HeldRaster>,
  track: Track,
): void {
  if (track.length > 0 && shot.layers.some(({ asset }) => asset.kind === 'clip')) subdueFrame(easel);
  const seen = shot.layers.flatMap((layer) => {
    const raster = rasters.get(keyOf(layer.asset));
    if (raster === undefined) return [];
    const place = toPlace(placeLayer(layer, shot, at, easel, track[0]), raster);
    return [{ raster, place, isSoft: isSoft(layer.asset) }];
  });
  const covering = seen.findLastIndex(({ raster, place }) => covers(raster, place, easel));
  for (const [order, { raster, place, isSoft }] of seen.entries()) {
    if (order < covering) continue;
    if (order === covering && isSoft) ground.draw(raster, place);
    else drawLayer(easel, raster, place);
  }
}

/** Whether nothing below it can be seen. */
function covers(
  raster: HeldRaster,
  { left, top, scaleX, scaleY, opacity }: Place,
  { width, height }: { width: number; height: number },
): boolean {
  const isWide = left <= 0 && left + raster.width * scaleX >= width;
  const isHigh = top <= 0 && top + raster.height * scaleY >= height;
  return raster.isOpaque && opacity >= 1 && isWide && isHigh;
}

function keyOf(asset: Asset): string {
  return keys.get(asset) ?? rememberKey(asset);
}

const keys = new WeakMap<Asset, string>();

function rememberKey(asset: Asset): string {
  const key = JSON.stringify(asset);
  keys.set(asset, key);
  return key;
}

/**
 * The pictures of a shot on the easel, and none but these. Made all at once: while sharp scales one picture, another is
 * drawn.
 */
async function takeRasters(
  shot: Shot,
  earlier: ReadonlyMap<string, HeldRaster>,
  tools: AssetTools,
  easel: Easel,
): Promise<Map<string, HeldRaster>> {
  const assets = new Map(shot.layers.map(({ asset }) => [keyOf(asset), asset]));
  const making = Array.from(assets, async ([key, asset]) => {
    const raster = asset.kind === 'clip' || earlier.has(key) ? undefined : await makeAsset(asset, tools);
    return { key, raster };
  });
  const made = await Promise.all(making);
  for (const [key, held] of earlier) if (!assets.has(key)) easel.release(held);
  return new Map(
    made.flatMap(({ key, raster }) => {
      const held = raster === undefined ? earlier.get(key) : easel.hold(raster);
      return held === undefined ? [] : [[key, held] as const];
    }),
  );
}
