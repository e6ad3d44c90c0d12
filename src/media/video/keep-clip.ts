import {
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  FilePathTarget,
  Input,
  type InputAudioTrack,
  type InputTrack,
  type InputVideoTrack,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny';
import type { ClipHeader } from '../schema.ts';
import { chooseTracks } from './choose-tracks.ts';
import { clearDates } from './clear-dates.ts';
import { containerFormats } from './read-container.ts';

/** A copy of a clip without its metadata. */
export interface KeptClip {
  media_type: 'video/mp4' | 'video/webm';
  extension: 'mp4' | 'webm';
  /** Null when the source has no sound, or sound in a coding that the container of the copy cannot hold. */
  sound_codec: string | null;
}

/** How the copy of a source of that format is packed: a QuickTime file becomes an MP4 file. */
export function presentContainer(format: ClipHeader['format']): Pick<KeptClip, 'media_type' | 'extension'> {
  return format === 'webm'
    ? { media_type: 'video/webm', extension: 'webm' }
    : { media_type: 'video/mp4', extension: 'mp4' };
}

/**
 * Copies the coded pictures and sound of a clip into a new file, nothing is coded anew: the chosen video and
 * sound track with their times, turn, mirroring and pixel shape. Sound that goes on after the last picture ends with it. Tags, names, dates, chapters, subtitles and data tracks
 * (where phones and cameras put places) stay behind; what an encoder wrote inside its own coded frames does not.
 *
 * Throws what the parser or the disk throws; the file is then incomplete. Memory: one packet at a time and the index.
 */
export async function keepClip(
  source: { path: string; format: ClipHeader['format'] },
  path: string,
): Promise<KeptClip> {
  using input = new Input({ formats: containerFormats[source.format], source: new FilePathSource(source.path) });
  const container = presentContainer(source.format);
  const format =
    container.extension === 'webm' ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart: 'reserve' });
  const output = new Output({ format, target: new FilePathTarget(path) });
  const { video, sound: audio } = await chooseTracks(input);
  const pictures = await addPictures(output, video as InputVideoTrack);
  const sound =
    audio === null ? null : await addSound(output, audio, await (video as InputVideoTrack).computeDuration());
  try {
    await output.start();
    await Promise.all([pictures(), sound?.copy()]);
    await output.finalize();
  } catch (error) {
    await output.cancel().catch(() => undefined);
    throw error;
  }
  if (container.extension === 'mp4') await clearDates(path);
  return { ...container, sound_codec: sound?.codec ?? null };
}

async function addPictures(output: Output, track: InputVideoTrack): Promise<() => Promise<void>> {
  const source = new EncodedVideoPacketSource((await track.getCodec()) ?? 'avc');
  const decoderConfig = await track.getDecoderConfig();
  output.addVideoTrack(source, {
    rotation: await track.getRotation(),
    flip: await track.getFlip(),
    maximumPacketCount: await countPackets(track),
  });
  return async () => {
    let meta = decoderConfig === null ? undefined : { decoderConfig };
    for await (const packet of new EncodedPacketSink(track).packets(undefined, undefined, { verifyKeyPackets: true })) {
      await source.add(packet, meta);
      meta = undefined;
    }
    source.close();
  };
}

async function addSound(output: Output, track: InputAudioTrack, endsAtSeconds: number) {
  const codec = await track.getCodec();
  const decoderConfig = await track.getDecoderConfig();
  const packetCount = await countUntil(track, endsAtSeconds);
  if (codec === null || decoderConfig === null || packetCount === 0) return null;
  if (!output.format.getSupportedAudioCodecs().includes(codec)) return null;
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source, { maximumPacketCount: packetCount });
  const copy = async () => {
    let meta: { decoderConfig: AudioDecoderConfig } | undefined = { decoderConfig };
    for await (const packet of new EncodedPacketSink(track).packets()) {
      if (isAfter(packet, endsAtSeconds)) break;
      await source.add(packet, meta);
      meta = undefined;
    }
    source.close();
  };
  return { codec, copy };
}

/** A packet can't be cut: that which lies on the end is kept where most of it is before. */
function isAfter({ timestamp, duration }: EncodedPacket, endsAtSeconds: number): boolean {
  return timestamp + duration / 2 >= endsAtSeconds;
}

async function countUntil(track: InputTrack, endsAtSeconds: number): Promise<number> {
  let count = 0;
  for await (const packet of new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true })) {
    if (isAfter(packet, endsAtSeconds)) break;
    count += 1;
  }
  return count;
}

/** The index in front of an MP4 needs its room before the first packet is written. */
async function countPackets(track: InputTrack): Promise<number> {
  let count = 0;
  for await (const _packet of new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true }))
    count++;
  return count;
}
