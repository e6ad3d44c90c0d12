import type { InputVideoTrack } from 'mediabunny';
import { readObjectType } from './read-object-type.ts';

/** What the pictures of a clip are coded in: `codec` where that is read here, else only `name`, for people. */
export interface IdentifiedCodec {
  codec: string | null;
  name: string;
}

/**
 * Asks the parser for the codecs that it knows, and the sample entry for those that QuickTime and older cameras use; an entry
 * `mp4v` stands for several, told by its object type.
 */
export async function identifyCodec(video: InputVideoTrack, path: string): Promise<IdentifiedCodec> {
  const known = await video.getCodec();
  if (known !== null) return { codec: readableCodecs.has(known) ? known : null, name: known };
  const entry = String(await video.getInternalCodecId());
  if (entry === 'mp4v') return identifyObjectType(await readObjectType(path, video.id));
  const codec = sampleEntries[entry] ?? null;
  const named = foreignCodecs.find(([pattern]) => pattern.test(entry))?.[1];
  return { codec, name: named ?? `'${entry}'` };
}

/** The list of what is read, in the words of people. */
export const readableNames = 'H.264, H.265, VP8, VP9, AV1, MPEG-4 Part 2, ProRes and Motion JPEG';

const readableCodecs: ReadonlySet<string> = new Set(['avc', 'hevc', 'vp8', 'vp9', 'av1', 'prores']);

/** Four-character codes of QuickTime and MP4 (registered at mp4ra.org, and as FFmpeg's muxers write them). */
const sampleEntries: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['DIVX', 'XVID', '3IV2', 'SEDG', 'RMP4', 'FMP4', 'MP4V'].map((entry) => [entry, 'mpeg4'])),
  ...Object.fromEntries(['jpeg', 'JPEG', 'mjpg', 'MJPG', 'mjpa', 'AVDJ', 'dmb1'].map((entry) => [entry, 'mjpeg'])),
};

/** ISO/IEC 14496-1, table 5. Without one, as in QuickTime, it is MPEG-4 Part 2. */
function identifyObjectType(objectType: number | null): IdentifiedCodec {
  if (objectType === null || objectType === 0x20) return { codec: 'mpeg4', name: 'MPEG-4 Part 2' };
  if (objectType === 0x6c) return { codec: 'mjpeg', name: 'Motion JPEG' };
  const named = objectTypes[objectType] ?? (objectType >= 0x60 && objectType <= 0x65 ? 'MPEG-2' : undefined);
  return { codec: null, name: named ?? `'mp4v' of object type ${objectType}` };
}

const objectTypes: Readonly<Record<number, string>> = {
  33: 'H.264 under an entry of MPEG-4',
  35: 'H.265 under an entry of MPEG-4',
  106: 'MPEG-1',
  109: 'PNG',
  110: 'JPEG 2000',
  163: 'VC-1',
  164: 'Dirac',
};

const foreignCodecs: readonly (readonly [RegExp, string])[] = [
  [/^AVd[hn1]/, 'DNxHD'],
  [/^(mjp2|MJP2)/, 'JPEG 2000'],
  [/^mjpb/, 'Motion JPEG of format B'],
  [/^apr[hn]/, 'ProRes RAW'],
  [/^(s263|h263|H263)/, 'H.263'],
  [/^SVQ/, 'Sorenson Video'],
  [/^cvid/, 'Cinepak'],
  [/^rle /, 'QuickTime Animation'],
  [/^rpza/, 'QuickTime Video'],
  [/^png /, 'PNG'],
  [/^(mp2v|m2v|hdv|xdv|xd5|mx[345][np]|m1v|mpg2)/i, 'MPEG-1 or MPEG-2'],
  [/^(dvc|dvh[2-6pq]|dvp|dv5|AVdv)/, 'DV'],
  [/^CFHD/, 'CineForm'],
  [/^(raw |2vuy|2Vuy|yuv2|yuvs|v210|v308|v408|v410|b64a|r210|NO16)/, 'uncompressed video'],
  [/^(vvc1|vvi1)/, 'H.266'],
  [/^(dvh1|dvhe|dva1|dvav)/, 'Dolby Vision without a layer that other decoders read'],
  [/^(vc-1|WVC1|WMV)/i, 'VC-1'],
  [/^(Hap|HAP)/, 'Hap'],
  [/^icod/, 'Apple Intermediate Codec'],
  [/^apv1/, 'APV'],
];
