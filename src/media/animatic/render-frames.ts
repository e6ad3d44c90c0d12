import { startEarly } from '../../lib/start-early.ts';
import type { VideoDecoder } from '../video/decoder.ts';
import { type Asset, isSoft } from './asset.ts';
import { type AssetTools, makeAsset } from './assets/make-asset.ts';
import { readClip } from './clip/read-clip.ts';
import { drawLayer } from './frame/draw-layer.ts';
import type { Place } from './frame/draw-plane.ts';
import { type Ground, keepGround } from './frame/keep-ground.ts';
import { placeLayer, toPlace } from './frame/place-layer.ts';
import { createFrame, type Frame, type Raster, viewAsRaster } from './frame/yuv-raster.ts';
import type { Shot, Track } from './plan.ts';
import { type AnimaticScript, frameRate } from './script.ts';

export interface RenderTools {
  size: { width: number; height: number };
  assets: AssetTools;
  /** One point for each frame of the clip; empty where nothing follows it. */
  track: Track;
  /** Null without a clip. */
  decoder: VideoDecoder | null;
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
  script: AnimaticScript,
  { size, assets, track, decoder, moment: place, onFrame }: RenderTools,
): AsyncGenerator<Uint8Array> {
  const frame = createFrame(size.width, size.height);
  const isSubdued = script.shots.some(({ scene }) => scene.kind === 'motion');
  const clip =
    script.clip === null || decoder === null ? null : openClip(readClip(decoder, script.clip, size, isSubdued));
  const ground = keepGround(frame);
  let rasters = new Map<string, Raster>();
  let done = 0;
  try {
    for (const shot of shots) {
      rasters = await makeRasters(shot, rasters, assets);
      const [first, end] = place === undefined ? [0, shot.frameCount] : chooseFrame(shot, place);
      for (let at = first; at < end; at++, done++) {
        onFrame(done);
        const moment = await clip?.next();
        const shown = track.length === 0 ? track : [track[Math.min(done, track.length - 1)] as Track[number]];
        composeShot(frame, ground, shot, at, rasters, moment, shown);
        yield frame.data;
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
  frame: Frame,
  ground: Ground,
  shot: Shot,
  at: number,
  rasters: ReadonlyMap<string, Raster>,
  moment: Raster | undefined,
  track: Track,
): void {
  const seen = shot.layers.flatMap((layer) => {
    const raster = layer.asset.kind === 'clip' ? moment : rasters.get(keyOf(layer.asset));
    if (raster === undefined) return [];
    const place = toPlace(placeLayer(layer, shot, at, frame, track[0]), raster);
    return [{ raster, place, isSoft: isSoft(layer.asset) }];
  });
  const covering = seen.findLastIndex(({ raster, place }) => covers(raster, place, frame));
  for (const [order, { raster, place, isSoft }] of seen.entries()) {
    if (order < covering) continue;
    if (order === covering && isSoft) ground.draw(raster, place);
    else drawLayer(frame, raster, place);
  }
}

/** Whether nothing below it can be seen. */
function covers(raster: Raster, { left, top, scaleX, scaleY, opacity }: Place, { width, height }: Frame): boolean {
  const isWide = left <= 0 && left + raster.width * scaleX >= width;
  const isHigh = top <= 0 && top + raster.height * scaleY >= height;
  return raster.y.alphaRows === null && opacity >= 1 && isWide && isHigh;
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

/** All at once: while sharp scales one picture, another is drawn. */
async function makeRasters(
  shot: Shot,
  earlier: ReadonlyMap<string, Raster>,
  tools: AssetTools,
): Promise<Map<string, Raster>> {
  const rasters = new Map<string, Promise<Raster> | Raster>();
  for (const { asset } of shot.layers) {
    if (asset.kind === 'clip') continue;
    const key = keyOf(asset);
    if (!rasters.has(key)) rasters.set(key, earlier.get(key) ?? makeAsset(asset, tools));
  }
  return new Map(await Promise.all(Array.from(rasters, async ([key, raster]) => [key, await raster] as const)));
}

/**
 * The clip's frame of each moment, copied out of the decoder's memory; the last one again when there are no more. The
 * decoder is at work on the next one from the start.
 */
function openClip(frames: AsyncGenerator<Frame>) {
  let last: Raster | undefined;
  let kept: Frame | undefined;
  let isOver = false;
  const ask = () => startEarly(frames.next());
  let upcoming = ask();
  const take = async (): Promise<Frame | undefined> => {
    const { value, done } = await upcoming;
    if (done) isOver = true;
    return done ? undefined : value;
  };
  return {
    async next(): Promise<Raster | undefined> {
      const frame = isOver ? undefined : await take();
      if (frame === undefined) return last;
      kept ??= createFrame(frame.width, frame.height);
      kept.data.set(frame.data);
      upcoming = ask();
      last ??= viewAsRaster(kept);
      return last;
    },
    /** Whether a clip is whole shows at its end: one that is nearly through is read to it. */
    async finish(): Promise<void> {
      for (let at = 0; at < frameRate && !isOver; at++) {
        await take();
        upcoming = ask();
      }
    },
    close: () => frames.return(undefined),
  };
}
