import { sniffFormat } from './sniff-format.ts';

/** The media type by the first bytes, or the name of what is neither a picture that is taken anywhere, nor a video, nor sound. */
export function sniffMediaType(head: Uint8Array): { media_type: string } | { what: string } {
  const sound = findSound(head);
  if (sound !== undefined) return { media_type: sound };
  const sniffed = sniffFormat(head);
  if (sniffed.kind === 'image') return { media_type: `image/${sniffed.format}` };
  if (sniffed.kind === 'clip') return { media_type: clips[sniffed.format] };
  return sniffed.convertible === undefined ? { what: sniffed.what } : { media_type: `image/${sniffed.convertible}` };
}

const clips = { mp4: 'video/mp4', mov: 'video/quicktime', webm: 'video/webm' } as const;

/** Registered magic numbers; MPEG audio by its sync word and the fields after it (ISO/IEC 11172-3, 13818-7). */
function findSound(head: Uint8Array): string | undefined {
  const text = (from: number, to: number) => Buffer.from(head.subarray(from, to)).toString('latin1');
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WAVE') return 'audio/wav';
  if (text(0, 4) === 'fLaC') return 'audio/flac';
  if (text(0, 4) === 'OggS') return 'audio/ogg';
  if (text(0, 3) === 'ID3') return 'audio/mpeg';
  if (text(4, 8) === 'ftyp' && /^M4[AB] $/.test(text(8, 12))) return 'audio/mp4';
  const [first = 0, second = 0, third = 0] = head;
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
  const layer = (second >> 1) & 3;
  // Of what begins like this, a JPEG goes on with 0xD8, whose layer bits are those of AAC without its sync word.
  if (layer === 0) return (second & 0xf0) === 0xf0 ? 'audio/aac' : undefined;
  return third >> 4 !== 0xf && ((third >> 2) & 3) !== 3 ? 'audio/mpeg' : undefined;
}
