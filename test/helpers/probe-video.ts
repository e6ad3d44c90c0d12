import { readFileSync } from 'node:fs';

/** What a video file says of itself, and what came out when all of it was decoded. */
export interface ProbedVideo {
  title: string | undefined;
  comment: string | undefined;
  duration_seconds: number;
  video_codec: string;
  pixel_format: string;
  width: number;
  height: number;
  frame_rate: number;
  /** Decoded. */
  frame_count: number;
  sound: { codec: string; rate_hz: number; channels: number; peak: number; seconds: number } | null;
  /** Names of the MP4's outermost boxes in their order. */
  boxes: string[];
}

/** Opens and decodes a whole MP4 with node-av, which the tests' install brings. */
export async function probeVideo(path: string): Promise<ProbedVideo> {
  const av = await import('node-av');
  av.Log.setLevel(av.AV_LOG_QUIET);
  const demuxer = await av.Demuxer.open(path);
  const video = demuxer.video();
  if (video === undefined) throw new Error('has no pictures');
  const { width, height, format } = video.codecpar;
  const metadata = demuxer.getFormatContext().metadata;
  const rate = video.avgFrameRate;
  const facts = {
    title: metadata?.get('title') ?? undefined,
    comment: metadata?.get('comment') ?? undefined,
    duration_seconds: demuxer.duration,
    video_codec: av.avGetCodecName(video.codecpar.codecId) ?? '',
    pixel_format: av.avGetPixFmtName(format as Parameters<typeof av.avGetPixFmtName>[0]) ?? '',
    width,
    height,
    frame_rate: rate.num / rate.den,
  };
  const hasSound = demuxer.audio() !== undefined;
  await demuxer.close();
  let frame_count = 0;
  for await (const frame of decode(path, 'video')) {
    frame_count += 1;
    frame.free();
  }
  return { ...facts, frame_count, sound: hasSound ? await probeSound(path) : null, boxes: listBoxes(path) };
}

/** RGB (height × width × 3) of the frames with these numbers, in their order. */
export async function loadFrames(
  path: string,
  numbers: readonly number[],
): Promise<{ width: number; height: number; data: Uint8Array }[]> {
  const found = new Map<number, { width: number; height: number; data: Uint8Array }>();
  let at = 0;
  for await (const frame of decode(path, 'video', 'format=rgb24')) {
    const { width, height } = frame;
    if (numbers.includes(at)) found.set(at, { width, height, data: Uint8Array.from(frame.toBuffer()) });
    frame.free();
    at += 1;
  }
  return numbers.map((number) => {
    const frame = found.get(number);
    if (frame === undefined) throw new Error(`there is no frame ${number} of ${at}`);
    return frame;
  });
}

async function probeSound(path: string): Promise<ProbedVideo['sound']> {
  const av = await import('node-av');
  const demuxer = await av.Demuxer.open(path);
  const stream = demuxer.audio();
  const codec = av.avGetCodecName(stream?.codecpar.codecId as never) ?? '';
  const facts = { codec, rate_hz: stream?.codecpar.sampleRate ?? 0, channels: stream?.codecpar.channels ?? 0 };
  await demuxer.close();
  const samples = await loadSound(path);
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { ...facts, peak, seconds: samples.length / facts.rate_hz };
}

/** The sound track as one channel, −1…1, at its own rate. */
export async function loadSound(path: string): Promise<Float32Array> {
  const parts: Buffer[] = [];
  for await (const frame of decode(path, 'audio', 'aformat=sample_fmts=flt:channel_layouts=mono')) {
    parts.push(Buffer.from(frame.toBuffer()));
    frame.free();
  }
  const bytes = Buffer.concat(parts);
  return Float32Array.from({ length: bytes.length >> 2 }, (_, at) => bytes.readFloatLE(at * 4));
}

async function* decode(path: string, kind: 'video' | 'audio', filter: string = kind === 'video' ? 'null' : 'anull') {
  const av = await import('node-av');
  const demuxer = await av.Demuxer.open(path);
  const stream = kind === 'video' ? demuxer.video() : demuxer.audio();
  if (stream === undefined) throw new Error(`has no ${kind}`);
  const decoder = await av.Decoder.create(stream);
  const graph = av.FilterAPI.create(filter);
  try {
    for await (const frame of graph.frames(decoder.frames(demuxer.packets(stream.index)))) {
      if (frame !== null) yield frame;
    }
  } finally {
    graph.close();
    decoder.close();
    await demuxer.close();
  }
}

function listBoxes(path: string): string[] {
  const bytes = readFileSync(path);
  const boxes: string[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += bytes.readUInt32BE(at) || bytes.length) {
    boxes.push(bytes.toString('latin1', at + 4, at + 8));
  }
  return boxes;
}
