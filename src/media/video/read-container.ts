import {
  EncodedPacketSink,
  FilePathSource,
  Input,
  type InputAudioTrack,
  type InputTrack,
  type InputVideoTrack,
  MP4,
  QTFF,
  WEBM,
} from 'mediabunny';
import type { MediaSettings } from '../config.ts';
import { invalidMedia } from '../errors.ts';
import type { ClipHeader, SoundTrack } from '../schema.ts';
import { chooseTracks, placeTrack } from './choose-tracks.ts';
import { tracksMax } from './decoder.ts';
import { identifyCodec, readableNames } from './identify-codec.ts';
import { isEncrypted } from './is-encrypted.ts';

/** Containers we open, by their own parser: none of them can name another file or an address. */
export const containerFormats = { mp4: [MP4, QTFF], mov: [QTFF, MP4], webm: [WEBM] };

/**
 * Reads what the container says of a clip: in JavaScript, without decoding anything and without native code.
 * Throws `invalid_parameters` when it is damaged or cut off, holds no video, or codes it in a way we do not read.
 */
export async function readContainer(
  source: { path: string; param: string; bytes: number },
  format: ClipHeader['format'],
  limits: TrackLimits = { videoPixelsMax: Number.POSITIVE_INFINITY },
): Promise<ClipHeader> {
  using input = new Input({ formats: containerFormats[format], source: new FilePathSource(source.path) });
  try {
    return await readTracks(input, source, format, limits);
  } catch (error) {
    if (await isEncrypted(source.path)) throw invalidMedia(source.param, encrypted);
    if (error instanceof Rule) throw invalidMedia(source.param, error.message);
    throw invalidMedia(source.param, damaged, (error as Error).message);
  }
}

const encrypted = 'is encrypted (protected against copying); export it without protection';
const damaged = 'is damaged or cut off: it ends before its own index does';

/** A rule broken by the file; anything else thrown inside is the parser tripping over damaged bytes. */
class Rule extends Error {}

type TrackLimits = Pick<MediaSettings, 'videoPixelsMax'>;

async function readTracks(
  input: Input,
  source: { path: string; bytes: number },
  format: ClipHeader['format'],
  limits: TrackLimits,
): Promise<ClipHeader> {
  // A file cut before its index does not throw: it has no tracks, or a duration of 0.
  const tracks = await input.getTracks();
  if (tracks.length === 0) throw new Rule(damaged);
  if (tracks.length > tracksMax) throw new Rule(`holds ${tracks.length} tracks, at most ${tracksMax} are accepted`);
  checkNumbers(tracks);
  const { video, sound } = await chooseTracks(input);
  if (video === null) throw new Rule('holds no video track');
  await checkHidden(tracks, video, limits);
  const { codec, name } = await identifyCodec(video, source.path);
  if (codec === null) throw new Rule(`its video is coded as ${name}, readable are ${readableNames}`);
  const sink = new EncodedPacketSink(video);
  const shownCount = await countShown(sink);
  const first = Math.max(0, await video.getFirstTimestamp());
  const duration = (await video.computeDuration()) - first;
  // The last packet is null when the index is whole but the file ends before what it points at.
  const last = await sink.getPacket(Number.POSITIVE_INFINITY);
  const color = await video.getColorSpace();
  if (!(duration > 0) || shownCount === 0 || last === null) throw new Rule(damaged);
  return {
    kind: 'clip',
    format,
    bytes: source.bytes,
    duration_seconds: round(duration),
    frame_count: shownCount,
    frame_rate: round(shownCount / duration),
    video_codec: codec,
    track: placeTrack(video, format),
    ...(await readGeometry(video)),
    high_dynamic_range: await video.hasHighDynamicRange(),
    color_matrix: color.matrix ?? null,
    color_transfer: color.transfer ?? null,
    sound_track: await readSoundTrack(sound, format),
  };
}

/** A decoder is told a track by its number, so that must mean one track only. */
function checkNumbers(tracks: readonly InputTrack[]): void {
  if (new Set(tracks.map(({ id }) => id)).size < tracks.length)
    throw new Rule('is damaged: two tracks have one number');
}

/** A decoder opens every track of a file to see what it is: none may cost more than the one that is asked for. */
async function checkHidden(tracks: readonly InputTrack[], chosen: InputVideoTrack, limits: TrackLimits): Promise<void> {
  for (const track of tracks) {
    if (!track.isVideoTrack() || track === chosen) continue;
    const [width, height] = [await track.getCodedWidth(), await track.getCodedHeight()];
    if (width * height <= limits.videoPixelsMax) continue;
    const megapixels = Math.round(limits.videoPixelsMax / 1e5) / 10;
    throw new Rule(
      `holds another video track of ${width} × ${height} px, a video frame may have at most ${megapixels} megapixels`,
    );
  }
}

/** Frames before time 0 were trimmed away by an edit list: they are there to be decoded and never shown. */
async function countShown(sink: EncodedPacketSink): Promise<number> {
  let all = 0;
  let shown = 0;
  for await (const packet of sink.packets(undefined, undefined, { metadataOnly: true })) {
    all += 1;
    if (all > framesMax) throw new Rule(`holds more than ${framesMax} frames`);
    if (packet.timestamp >= 0) shown += 1;
  }
  return shown;
}

/** Every one has to be decoded. 8 s at 240 frames a second, the most phones write, are 1,920; the rest may be trimmed. */
const framesMax = 5000;

/** Encoders that keep a frame's shape while rounding its size write ratios like 1.0028; nobody sees those. */
const squarePixelTolerance = 0.01;

async function readGeometry(video: InputVideoTrack) {
  const [width, height] = [await video.getCodedWidth(), await video.getCodedHeight()];
  const rotation = await video.getRotation();
  const aspect = await video.getPixelAspectRatio();
  const isSquare = Math.abs(aspect.num / aspect.den - 1) < squarePixelTolerance;
  const isTurned = rotation === 90 || rotation === 270;
  const stored = isTurned ? [height, width] : [width, height];
  const shown = [Math.round(await video.getDisplayWidth()), Math.round(await video.getDisplayHeight())];
  const [shownWidth = width, shownHeight = height] = isSquare ? stored : shown;
  return {
    width_px: shownWidth,
    height_px: shownHeight,
    stored_width_px: width,
    stored_height_px: height,
    rotation_degrees: rotation,
    mirrored: await video.getFlip(),
    pixel_aspect_ratio: isSquare ? 1 : round(aspect.num / aspect.den),
  };
}

async function readSoundTrack(sound: InputAudioTrack | null, format: ClipHeader['format']): Promise<SoundTrack | null> {
  if (sound === null) return null;
  const codec = (await sound.getCodec()) ?? String(await sound.getInternalCodecId());
  return {
    codec,
    channels: await sound.getNumberOfChannels(),
    sample_rate_hz: await sound.getSampleRate(),
    track: placeTrack(sound, format),
  };
}

/** To a ten-thousandth: containers count in ticks, and 0.1 s should read as 0.1. */
function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
