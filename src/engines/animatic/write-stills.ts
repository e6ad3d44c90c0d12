import type { AnimaticScript, SourceHeader } from '../../media/index.ts';
import type { ImageOrder, VideoOrder } from '../video-engine.ts';
import { chooseImageSize } from './choose-frame-size.ts';
import { writeScript } from './write-script.ts';

/** Seconds of the shot that a picture is taken of. */
const shotSeconds = 2;

/**
 * The pictures of a request as the shots of a video, of each of which one frame is kept: several differ in framing and side as shots
 * that follow each other do. `headers` belong to the order's sources.
 */
export async function writeStills(order: ImageOrder, headers: readonly SourceHeader[]): Promise<AnimaticScript> {
  const script = await writeScript(asVideo(order), headers);
  const [first] = script.images;
  return {
    ...script,
    ...chooseImageSize(order.spec, first?.header),
    // Arrows that tell of movement.
    shots: script.shots.map(({ actions: _, ...shot }) => shot),
    is_still: true,
    comment: 'An animatic: a preview of casting and framing, not a generated picture.',
  };
}

/** The request as that of a video. */
export function asVideo({ spec, ...order }: ImageOrder): VideoOrder {
  const { model, prompt, count } = spec;
  const shot = { prompt, duration_seconds: shotSeconds };
  const shots = count === 1 ? [] : Array.from({ length: count }, () => shot);
  const duration_seconds = count * shotSeconds;
  return {
    ...order,
    spec: { model, prompt, duration_seconds, quality: '720p', sound: false, shots, watermark: false },
  };
}
