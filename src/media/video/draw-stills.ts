import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { invalidMedia } from '../errors.ts';
import { loadSharp } from '../raster/load-sharp.ts';
import type { ClipHeader } from '../schema.ts';
import { DecodeError } from './decoder.ts';
import { findDecoder } from './find-decoder.ts';
import { planFrames } from './plan-frames.ts';
import { toRgb, type YuvFrame } from './yuv-frame.ts';

/** Names of the pictures that are drawn of a video. */
export const stillNames = { thumbnail: 'thumbnail.webp', frames: 'frames.jpg' } as const;

/** Longer side in pixels: of the thumbnail and of all four frames together, small enough for a model's context. */
const sideMaxPx = 1024;

/** Frames looked at for each second: every one of the four is at most half as much beside its place. */
const ratePerSecond = 2;

/** Frames of the sheet in a row, and rows of it. */
const perSide = 2;

/**
 * Writes two pictures of a video into `folder`: its first frame as `thumbnail.webp`, and four frames from the first to the
 * last, two by two, as `frames.jpg`; each at most 1,024 px on the longer side. Throws `invalid_parameters` when nothing can be
 * decoded, `service_error` without a decoder.
 */
export async function drawStills(
  program: string | undefined,
  source: { path: string; param: string },
  header: ClipHeader,
  folder: string,
  onFrame: () => void,
): Promise<void> {
  const frames = await listFrames(program, source, header, onFrame);
  const sharp = await loadSharp();
  const open = (frame: YuvFrame) => {
    const { data, width, height, channels } = toRgb(frame);
    return sharp(data, { raw: { width, height, channels } });
  };
  const first = frames[0] as YuvFrame;
  await writeFile(join(folder, stillNames.thumbnail), await open(first).webp({ quality: 85 }).toBuffer());
  const cell = { width: Math.floor(first.width / perSide), height: Math.floor(first.height / perSide) };
  const count = perSide * perSide;
  const chosen = Array.from(
    { length: count },
    (_, at) => frames[Math.round((at * (frames.length - 1)) / (count - 1))] as YuvFrame,
  );
  const cells = await Promise.all(
    chosen.map(async (frame, at) => ({
      input: await open(frame)
        .resize(cell.width, cell.height, { fit: 'fill' })
        .raw()
        .toBuffer({ resolveWithObject: false }),
      raw: { ...cell, channels: 3 as const },
      left: (at % perSide) * cell.width,
      top: Math.floor(at / perSide) * cell.height,
    })),
  );
  const sheet = { width: perSide * cell.width, height: perSide * cell.height, channels: 3 as const };
  const bytes = await sharp({ create: { ...sheet, background: '#000000' } })
    .composite(cells)
    .jpeg({ quality: 85 })
    .toBuffer();
  await writeFile(join(folder, stillNames.frames), bytes);
}

async function listFrames(
  program: string | undefined,
  { path, param }: { path: string; param: string },
  header: ClipHeader,
  onFrame: () => void,
): Promise<YuvFrame[]> {
  const decoder = await findDecoder(program, param);
  const plan = planFrames(
    header,
    sideMaxPx,
    Math.max(ratePerSecond, Math.min(30, Math.ceil(4 / header.duration_seconds))),
  );
  const request = { path, format: header.format, track: header.track, frameCount: header.frame_count, ...plan };
  const frames: YuvFrame[] = [];
  try {
    for await (const data of decoder.frames(request)) {
      onFrame();
      // The decoder's bytes are good until the next frame.
      frames.push({ data: data.slice(), width: plan.width, height: plan.height });
      if (frames.length >= plan.expectedCount + perSide) break;
    }
  } catch (error) {
    // A video that breaks off still has the frames before that.
    if (!(error instanceof DecodeError) || frames.length === 0) throw describeFailure(param, error);
  }
  if (frames.length === 0) throw invalidMedia(param, 'is damaged: none of its frames can be decoded');
  return frames;
}

function describeFailure(param: string, error: unknown): unknown {
  if (!(error instanceof DecodeError)) return error;
  return invalidMedia(param, 'is damaged: none of its frames can be decoded', error.message);
}
