import type { MediaSettings } from '../config.ts';
import { invalidMedia } from '../errors.ts';
import type { MediaSource } from '../inspect-source.ts';
import type { Progress } from '../pool/wire.ts';
import type { ClipFrame, ClipHeader, Sound, SourceFacts } from '../schema.ts';
import { uprightName } from '../views/encode-upright.ts';
import { presentView } from '../views/present-view.ts';
import { createView, type View } from '../views/view.ts';
import { chooseFrames } from './choose-frames.ts';
import { DecodeError, decodedShareMin, type VideoDecoder } from './decoder.ts';
import { findDecoder } from './find-decoder.ts';
import { createFrameKeeper, type FrameKeeper } from './frame-keeper.ts';
import { measureSound } from './measure-sound.ts';
import { type FramePlan, planFrames } from './plan-frames.ts';

type Report = (progress: Progress) => void;

/**
 * Decodes a clip in one pass and makes views of its best frames, the frontal one first. Reports progress with every
 * frame. Throws `invalid_parameters` when the clip cannot be decoded to its end, `service_error` without a decoder.
 */
export async function loadClip(
  source: MediaSource,
  header: ClipHeader,
  settings: MediaSettings,
  report: Report,
): Promise<{ views: View[]; facts(): SourceFacts[] }> {
  const decoder = await findDecoder(settings.ffmpeg, source.param);
  const plan = planFrames(header, settings.uprightSideMaxPx);
  const keeper = createFrameKeeper(keptPerFrame * settings.clipFrames);
  await decodeFrames(decoder, source, header, plan, keeper, report);
  const views = chooseFrames(keeper.candidates, settings.clipFrames).map(({ pixels, timeSeconds }, at) =>
    createView({ stem: `frame-${at + 1}`, role: 'frame', source: 0, param: source.param, pixels, timeSeconds }),
  );
  report({ fraction: 0.95, step: 'measureSound', param: source.param });
  const sound = await measureSound(decoder, { path: source.path, header });
  return { views, facts: () => [present(source, header, views, sound, decoder.name)] };
}

/** Candidates held for each frame that is wanted: enough to choose from, few enough to fit into memory. */
const keptPerFrame = 2;

async function decodeFrames(
  decoder: VideoDecoder,
  source: MediaSource,
  header: ClipHeader,
  plan: FramePlan,
  keeper: FrameKeeper,
  report: Report,
): Promise<void> {
  const { rate, width, height, expectedCount } = plan;
  const request = { path: source.path, format: header.format, frameCount: header.frame_count, ...plan };
  report({ fraction: 0, step: 'decodeFrames', param: source.param });
  let count = 0;
  try {
    for await (const data of decoder.frames(request)) {
      report({ fraction: 0.9 * Math.min(1, count / expectedCount), step: 'decodeFrames', param: source.param });
      keeper.add({ data, width, height, channels: 3 }, count / rate);
      count += 1;
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const rule = count === 0 ? 'none of its frames can be decoded' : 'not all of its frames can be decoded';
    throw invalidMedia(source.param, `is damaged: ${rule}`, error.message);
  }
  if (count < Math.floor(decodedShareMin * expectedCount)) {
    const rule = `only ${count / rate} of ${header.duration_seconds} s can be decoded`;
    throw invalidMedia(source.param, `is damaged or cut off: ${rule}`);
  }
}

function present(
  source: MediaSource,
  header: ClipHeader,
  views: readonly View[],
  sound: Sound | null,
  decoder: string,
): SourceFacts {
  const frames = views.map(
    (view): ClipFrame => ({
      file: uprightName(view),
      time_seconds: Math.round((view.timeSeconds ?? 0) * 1000) / 1000,
      ...presentView(view),
    }),
  );
  return { role: source.role, param: source.param, facts: { ...header, frames, sound, decoder } };
}
