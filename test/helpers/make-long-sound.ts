import {
  ALL_FORMATS,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  FilePathTarget,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';

/** Writes an MP4 to `to` with the first `frames` pictures of a clip, and all of its sound. */
export async function makeLongSound(from: string, to: string, frames: number): Promise<void> {
  using input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(from) });
  const video = (await input.getPrimaryVideoTrack()) as InputVideoTrack;
  const sound = (await input.getPrimaryAudioTrack()) as InputAudioTrack;
  const output = new Output({ format: new Mp4OutputFormat(), target: new FilePathTarget(to) });
  const pictures = new EncodedVideoPacketSource('avc');
  const samples = new EncodedAudioPacketSource('aac');
  output.addVideoTrack(pictures);
  output.addAudioTrack(samples);
  await output.start();
  let count = 0;
  const videoConfig = { decoderConfig: (await video.getDecoderConfig()) as VideoDecoderConfig };
  for await (const packet of new EncodedPacketSink(video).packets()) {
    if (count === frames) break;
    await pictures.add(packet, videoConfig);
    count += 1;
  }
  pictures.close();
  const soundConfig = { decoderConfig: (await sound.getDecoderConfig()) as AudioDecoderConfig };
  for await (const packet of new EncodedPacketSink(sound).packets()) await samples.add(packet, soundConfig);
  samples.close();
  await output.finalize();
}
