import type { AskedVideo, VideoShot, VideoSourceRole, VideoSpec } from '../../engines/index.ts';
import { writeExactInteger } from '../../lib/exact-json.ts';

/** A video request with everything in hand that a body of the upstream's is made of. */
export interface Translation {
  spec: VideoSpec;
  /** The upstream's ids, in the order in which `<<<element_N>>>` counts. */
  elementIds: readonly string[];
  /** First frame, last frame, references: the order in which `<<<image_N>>>` counts. Base64 without prefix. */
  images: readonly { role: VideoSourceRole; base64: string }[];
  /** Where the upstream fetches the given video. */
  videoUrl?: string;
  /** For where the upstream wants a ratio and the request has none: the nearest to the first image or the video. */
  nearestAspectRatio: NonNullable<VideoSpec['aspect_ratio']>;
  elementIdForm: 'integer' | 'text';
}

/** Whether the shape is that of the first frame, beside which the upstream takes none. */
export function followsFirstFrame({ sources }: Pick<AskedVideo, 'sources'>): boolean {
  return sources.some(({ role }) => role === 'image_start');
}

export type Translate = (translation: Translation) => Record<string, unknown>;

const modes = { '720p': 'std', '1080p': 'pro', '4k': '4k' } as const;

/** The upstream's word for a quality. */
export function writeMode({ quality }: VideoSpec): string {
  return modes[quality];
}

/** The word for a boolean where Kling has `on` and `off`. */
export function writeSwitch(isOn: boolean): 'on' | 'off' {
  return isOn ? 'on' : 'off';
}

/** The word for a boolean where Kling has `yes` and `no`. */
export function writeYesNo(isYes: boolean): 'yes' | 'no' {
  return isYes ? 'yes' : 'no';
}

/** `element_list`; no field when there is none. */
export function writeElements({
  elementIds,
  elementIdForm,
}: Pick<Translation, 'elementIds' | 'elementIdForm'>): Record<string, unknown> {
  if (elementIds.length === 0) return {};
  const write = (id: string) => (elementIdForm === 'integer' ? writeExactInteger(id) : id);
  return { element_list: elementIds.map((id) => ({ element_id: write(id) })) };
}

/** Prompt and shots: of several shots told one by one the prompt has no effect, and the upstream's samples send ''. */
export function writePrompt({ prompt, shots, shot_type }: VideoSpec): Record<string, unknown> {
  if (shots.length === 0 && shot_type !== 'intelligence') return { prompt };
  if (shot_type === 'intelligence') return { multi_shot: true, shot_type, prompt };
  return { multi_shot: true, shot_type: 'customize', prompt: '', multi_prompt: shots.map(writeShot) };
}

function writeShot({ prompt, duration_seconds }: VideoShot, at: number) {
  return { index: at + 1, prompt, duration: String(duration_seconds) };
}

/** Seconds as text, as the upstream has them; no field when the length follows the given video. */
export function writeDuration({ duration_seconds }: VideoSpec): Record<string, unknown> {
  return duration_seconds === undefined ? {} : { duration: String(duration_seconds) };
}

/** `negative_prompt`; no field when there is none. */
export function writeNegativePrompt({ negative_prompt }: VideoSpec): Record<string, unknown> {
  return negative_prompt === undefined ? {} : { negative_prompt };
}

/** `watermark_info`, in every request. */
export function writeWatermark({ watermark }: VideoSpec): Record<string, unknown> {
  return { watermark_info: { enabled: watermark } };
}

/** The first image of this role in base64; undefined when there is none. */
export function findImage({ images }: Translation, role: VideoSourceRole): string | undefined {
  return images.find((image) => image.role === role)?.base64;
}
