import type { Input, InputAudioTrack, InputTrack, InputVideoTrack } from 'mediabunny';
import type { ClipHeader } from '../schema.ts';

/**
 * The one choice of tracks: facts, frames, sound and the copy are all of these. Where a file holds several, those that it
 * marks as the default ones.
 */
export async function chooseTracks(
  input: Input,
): Promise<{ video: InputVideoTrack | null; sound: InputAudioTrack | null }> {
  return { video: await input.getPrimaryVideoTrack(), sound: await input.getPrimaryAudioTrack() };
}

/**
 * How a decoder finds a track again: in MP4 and QuickTime by the number that it has in the file; FFmpeg does not tell those
 * of WebM, so there it is the place among the tracks of its kind, from 0.
 */
export function placeTrack(track: InputTrack, format: ClipHeader['format']): number {
  return format === 'webm' ? track.number - 1 : track.id;
}

/** FFmpeg's stream specifier of a track; without a place it is the first of its kind. */
export function specifyStream(
  kind: 'v' | 'a',
  format: ClipHeader['format'],
  track = format === 'webm' ? 0 : undefined,
) {
  if (track === undefined) return `0:${kind}:0`;
  return format === 'webm' ? `0:${kind}:${track}` : `0:i:${track}`;
}

/** What is needed of a stream to find it. */
interface FoundStream {
  id: number;
  codecpar: { codecType: number };
}

/** The stream of a track in FFmpeg's own list; `codecType` is that of its kind. */
export function findStream<Found extends FoundStream>(
  streams: readonly Found[],
  codecType: number,
  format: ClipHeader['format'],
  track: number | undefined,
): Found | undefined {
  const ofKind = streams.filter(({ codecpar }) => codecpar.codecType === codecType);
  if (format === 'webm' || track === undefined) return ofKind[track ?? 0];
  return ofKind.find(({ id }) => id === track);
}
