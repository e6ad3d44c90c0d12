import { startEarly } from '../../../lib/start-early.ts';
import type { MediaSettings } from '../../config.ts';
import { invalidMedia } from '../../errors.ts';
import type { Progress } from '../../progress.ts';
import type { RgbImage } from '../../raster/raster.ts';
import type { ClipFrame, ClipHeader, ClipScene, SourceFacts } from '../../schema.ts';
import type { MediaSource } from '../../sources.ts';
import { DecodeError, decodedShareMin, type VideoDecoder } from '../../video/decoder.ts';
import { findDecoder } from '../../video/find-decoder.ts';
import { type FramePlan, planFrames } from '../../video/plan-frames.ts';
import { toRgb } from '../../video/yuv-frame.ts';
import { presentView } from '../present-view.ts';
import { uprightName } from '../steps/encode-upright.ts';
import { createView, type View } from '../view.ts';
import { chooseFrames } from './choose-frames.ts';
import { findSceneAt, findScenes, type Scenes } from './find-scenes.ts';
import { createFrameKeeper, type FrameKeeper } from './frame-keeper.ts';
import { hintMotion } from './hint-motion.ts';
import { type ReadSound, readSound } from './read-sound.ts';
import { type ClipFiles, startCopy, writeVoice } from './write-clip-files.ts';

type Report = (progress: Progress) => void;

export interface LoadedClip {
  views: View[];
  scenes: Scenes;
  facts(): SourceFacts[];
}

/**
 * Decodes a clip in one pass and makes views of its best frames, the frontal one first; beside that reads its sound and
 * copies it without its metadata. Writes the voice sample and the copy. Reports progress with every frame. Throws
 * `invalid_parameters` when the clip cannot be decoded to its end, `service_error` without a decoder.
 */
export async function loadClip(
  source: MediaSource,
  header: ClipHeader,
  settings: MediaSettings,
  files: ClipFiles,
  report: Report,
): Promise<LoadedClip> {
  const decoder = await findDecoder(settings.ffmpeg, source.param);
  const plan = planFrames(header, settings.uprightSideMaxPx);
  const keeper = createFrameKeeper(keptPerFrame * settings.clipFrames);
  // The copy and the sound come out of the same file in other processes and threads: nobody waits for them.
  const frames = startEarly(decodeFrames(decoder, source, header, plan, keeper, report));
  const rewrite = {
    program: settings.ffmpeg,
    onStep: () => report({ fraction: 0.9, step: 'convertClip', param: source.param }),
    after: frames,
  };
  const [decoded, listened, copied] = await Promise.allSettled([
    frames,
    readSound(decoder, { path: source.path, header }),
    startCopy(source, header, files, rewrite),
  ]);
  const tinies = settle(decoded);
  const sound = settle(listened);
  report({ fraction: 0.95, step: 'writeClipFiles', param: source.param });
  await settle(copied)();
  await writeVoice(sound?.samples ?? null, files);
  const scenes = findScenes(tinies, plan.rate, header.duration_seconds);
  const views = chooseViews(source, keeper, scenes.scenes, settings.clipFrames);
  return { views, scenes, facts: () => [present(source, header, { views, scenes, sound, decoder: decoder.name })] };
}

/** Candidates held for each frame that is wanted: enough to choose from, few enough to fit into memory. */
const keptPerFrame = 2;

/**
 * Rounding makes a frame or two more than a clip should give. One that plays its pictures again and again, as an edit list
 * can say, is looked at once.
 */
const surplusMax = 4;

function settle<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}

/** Fills the keeper; answers all frames looked at, small. */
async function decodeFrames(
  decoder: VideoDecoder,
  source: MediaSource,
  header: ClipHeader,
  plan: FramePlan,
  keeper: FrameKeeper,
  report: Report,
): Promise<RgbImage[]> {
  const { rate, width, height, expectedCount } = plan;
  const request = {
    path: source.path,
    format: header.format,
    track: header.track,
    frameCount: header.frame_count,
    ...plan,
  };
  const tinies: RgbImage[] = [];
  report({ fraction: 0, step: 'decodeFrames', param: source.param });
  try {
    for await (const data of decoder.frames(request)) {
      const fraction = 0.9 * Math.min(1, tinies.length / expectedCount);
      report({ fraction, step: 'decodeFrames', param: source.param });
      tinies.push(keeper.add({ data, width, height }, tinies.length / rate));
      if (tinies.length >= expectedCount + surplusMax) break;
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const rule = tinies.length === 0 ? 'none of its frames can be decoded' : 'not all of its frames can be decoded';
    throw invalidMedia(source.param, `is damaged: ${rule}`, error.message);
  }
  if (tinies.length < Math.floor(decodedShareMin * expectedCount)) {
    const rule = `only ${tinies.length / rate} of ${header.duration_seconds} s can be decoded`;
    throw invalidMedia(source.param, `is damaged or cut off: ${rule}`);
  }
  return tinies;
}

function chooseViews(source: MediaSource, keeper: FrameKeeper, scenes: readonly ClipScene[], count: number): View[] {
  const sceneOf = ({ timeSeconds }: { timeSeconds: number }) => findSceneAt(scenes, timeSeconds);
  const bySpan = [...scenes.keys()].sort((one, other) => spanOf(scenes[other]) - spanOf(scenes[one]));
  const chosen = chooseFrames(
    bySpan.map((scene) => keeper.candidates.filter((candidate) => sceneOf(candidate) === scene)),
    count,
  );
  const moved = hintMotion(keeper.candidates, sceneOf);
  return chosen.map((candidate, at) =>
    createView({
      stem: `frame-${at + 1}`,
      role: 'frame',
      source: 0,
      param: source.param,
      pixels: toRgb(candidate.frame),
      timeSeconds: candidate.timeSeconds,
      scene: sceneOf(candidate),
      moved: moved.get(candidate),
    }),
  );
}

function spanOf(scene: ClipScene | undefined): number {
  return scene === undefined ? 0 : scene.to_seconds - scene.from_seconds;
}

function present(
  source: MediaSource,
  header: ClipHeader,
  {
    views,
    scenes,
    sound,
    decoder,
  }: { views: readonly View[]; scenes: Scenes; sound: ReadSound | null; decoder: string },
): SourceFacts {
  const frames = views.map(
    (view): ClipFrame => ({
      file: uprightName(view),
      time_seconds: Math.round((view.timeSeconds ?? 0) * 1000) / 1000,
      scene: view.scene ?? 0,
      ...presentView(view),
    }),
  );
  return {
    role: source.role,
    param: source.param,
    facts: { ...header, ...scenes, frames, sound: sound?.facts ?? null, decoder },
  };
}
