import {
  type AnimaticResult,
  type AnimaticScript,
  frameRate,
  type Media,
  type MediaFile,
  type SourceHeader,
  type StillsResult,
} from '../../media/index.ts';
import type { ImageDraft, VideoDraft, VideoEngine, VideoOrder, VideoSource } from '../video-engine.ts';
import { checkImages } from './check-images.ts';
import { checkVideo } from './check-video.ts';
import { readDirections } from './read-directions.ts';
import { writeScript } from './write-script.ts';
import { asVideo, writeStills } from './write-stills.ts';

/**
 * Previews videos on this machine: the request as a storyboard artist would show it, and said to be that everywhere.
 * Owns `media` from now on and closes it.
 */
export function createAnimaticEngine(media: Media): VideoEngine {
  return {
    name: 'animatic',
    place: 'local',
    checkVideo,
    async makeVideo(order, { signal, onProgress }) {
      const inspected = 0.02;
      const { script } = await prepare(order, signal);
      const result = await media.renderAnimatic(script, order.workFolder, {
        signal,
        onProgress: ({ fraction, step }) => onProgress(inspected + (1 - inspected) * fraction, step),
      });
      return presentDraft(script, result, listNotUnderstood(order));
    },
    prepareVideo: async (order, { signal }) => (await prepare(order, signal)).prepared,
    images: {
      checkImages,
      async makeImages(order, { signal, onProgress }) {
        const { headers } = await inspect(order, signal);
        const script = await writeStills(order, headers);
        const drawn = await media.renderStills(script, order.workFolder, {
          signal,
          onProgress: ({ fraction, step }) => onProgress(fraction, step),
        });
        return presentImages(script, drawn, listNotUnderstood(asVideo(order)));
      },
      prepareImages: async (order, { signal }) => (await inspect(order, signal)).prepared,
    },
    close: () => media.close(),
  };

  /** Everything but the drawing. */
  async function prepare(order: VideoOrder, signal: AbortSignal) {
    const { headers, prepared } = await inspect(order, signal);
    return { prepared, script: await writeScript(order, headers) };
  }

  async function inspect(order: Pick<VideoOrder, 'sources'>, signal: AbortSignal) {
    const headers = await media.inspect(order.sources.map(toMediaFile), { signal });
    signal.throwIfAborted();
    const sources = order.sources.map(({ role, param }, at) => ({ role, param, facts: headers[at] as SourceHeader }));
    return { headers, prepared: { sources } };
  }
}

function toMediaFile({ role, param, path, bytes, clip_rules, conversion }: VideoSource): MediaFile {
  if (role !== 'reference_video') return { kind: 'image', param, path, bytes, ...(conversion && { conversion }) };
  return { kind: 'clip', param, path, bytes, clip_rules: clip_rules ?? anyClip };
}

/** For a caller that demands nothing of the clip. */
const anyClip = { formats: ['mp4', 'mov', 'webm'], bytesMax: Number.MAX_SAFE_INTEGER } as const;

/** Parts of all prompts that say nothing to an animatic, each once. */
function listNotUnderstood({ spec, cast }: VideoOrder): string[] {
  const prompts = spec.shots.length > 0 ? spec.shots.map(({ prompt }) => prompt) : [spec.prompt];
  const names = cast.map(({ name }) => name);
  return [...new Set(prompts.flatMap((prompt) => readDirections(prompt, names).notUnderstood))].slice(0, 12);
}

function presentImages(script: AnimaticScript, drawn: StillsResult, notUnderstood: readonly string[]): ImageDraft {
  const { width_px, height_px } = script;
  return {
    pictures: drawn.paths.map((path) => ({ path, media_type: 'image/png', width_px, height_px })),
    warnings: [],
    details: {
      kind: 'animatic',
      note: script.comment,
      not_understood: notUnderstood,
      ...presentMissing(drawn),
    },
  };
}

function presentMissing({ missing_characters }: Pick<StillsResult, 'missing_characters'>): object {
  return missing_characters === '' ? {} : { characters_without_font: missing_characters };
}

function presentDraft(script: AnimaticScript, result: AnimaticResult, notUnderstood: readonly string[]): VideoDraft {
  return {
    file: { path: result.path, media_type: 'video/mp4', bytes: result.bytes, sha256: result.sha256 },
    duration_seconds: result.frame_count / frameRate,
    width_px: script.width_px,
    height_px: script.height_px,
    frame_rate: frameRate,
    has_sound: result.has_sound,
    details: {
      kind: 'animatic',
      note: script.comment,
      not_understood: notUnderstood,
      shots: script.shots.map(({ frame_count, framing, scene, signs }) => ({
        seconds: Math.round((frame_count / frameRate) * 1000) / 1000,
        framing,
        scene: scene.kind,
        ...(signs && { camera: signs }),
      })),
      encoder: result.encoder,
      ...presentMissing(result),
    },
  };
}
