/**
 * What the first bytes of a file say it is. `what` completes the sentence "the file is …"; `shows` is set where it could
 * be exported in a format that is accepted, `convertible` of pictures that are made JPEG or PNG here where that is allowed.
 */
export type Sniffed =
  | { kind: 'image'; format: 'jpeg' | 'png'; what: string }
  | { kind: 'clip'; format: 'mp4' | 'mov' | 'webm'; what: string }
  | { kind: 'other'; what: string; shows?: 'picture' | 'clip'; convertible?: ConvertibleFormat };

/** Pictures that are made JPEG or PNG before anything else looks at them. */
export type ConvertibleFormat = 'webp' | 'heic' | 'avif';

/** How many first bytes of a file {@link sniffFormat} looks at. */
export const sniffBytes = 4096;

/**
 * Names a format by magic bytes alone; names and declared types are never asked. Accepts exactly what the contract
 * lists and calls everything else by its name, so that a refusal can say what was sent. Only containers get through
 * that cannot point at other files or addresses (no playlists, no AVI with a playlist inside). Of the ISO family only
 * pictures are told by their brand: what a clip is coded in is asked of its tracks, not of its brand.
 *
 * Source: the registered magic numbers of each format; ISO/IEC 14496-12 brands; the Matroska DocType element.
 */
export function sniffFormat(head: Uint8Array): Sniffed {
  if (head.length === 0) return { kind: 'other', what: 'empty' };
  if (starts(head, [0xff, 0xd8])) return { kind: 'image', format: 'jpeg', what: 'a JPEG image' };
  if (starts(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return sniffPng(head);
  if (text(head, 4, 8) === 'ftyp') return sniffIsoMedia(head);
  if (quickTimeAtoms.has(text(head, 4, 8))) return { kind: 'clip', format: 'mov', what: 'a QuickTime video' };
  if (starts(head, [0x1a, 0x45, 0xdf, 0xa3])) return sniffMatroska(head);
  for (const [shows, magics] of [
    ['picture', pictureMagics],
    ['clip', clipMagics],
  ] as const) {
    const magic = findMagic(magics, head);
    if (magic === webpName) return { kind: 'other', what: magic, shows, convertible: 'webp' };
    if (magic !== undefined) return { kind: 'other', what: magic, shows };
  }
  if (netpbm.test(text(head, 0, 3))) return { kind: 'other', what: 'a Netpbm image (PPM, PGM, PBM)', shows: 'picture' };
  if (isTransportStream(head))
    return { kind: 'other', what: 'an MPEG transport stream (TS, MTS, M2TS)', shows: 'clip' };
  return { kind: 'other', what: findMagic(otherMagics, head) ?? sniffText(head) };
}

/** Apple's tools for apps write a first chunk of their own and data that no other decoder reads. */
function sniffPng(head: Uint8Array): Sniffed {
  if (text(head, 12, 16) !== 'CgBI') return { kind: 'image', format: 'png', what: 'a PNG image' };
  return { kind: 'other', what: "a PNG image as Apple's tools pack it into apps (CgBI)", shows: 'picture' };
}

type Magic = readonly [what: string, at: number, bytes: readonly number[]];

function findMagic(magics: readonly Magic[], head: Uint8Array): string | undefined {
  return magics.find(([, at, bytes]) => starts(head.subarray(at), bytes))?.[0];
}

/**
 * Packets of 188 bytes that each begin with a G, as broadcast; or with a time of 4 bytes before each, as cameras write
 * them. One G proves little, so each packet that is there is asked.
 */
function isTransportStream(head: Uint8Array): boolean {
  return [
    [0, 188],
    [4, 192],
  ].some(([first = 0, packetBytes = 0]) => {
    if (head.length <= first + packetBytes) return false;
    for (let at = first; at < head.length; at += packetBytes) if (head[at] !== 0x47) return false;
    return true;
  });
}

/** QuickTime files older than the `ftyp` box begin with one of these. */
const quickTimeAtoms = new Set(['moov', 'mdat', 'wide', 'pnot', 'skip', 'free']);

/** Brands of pictures. The first of HEIF says nothing of the coding, so that a more precise one of the list goes before. */
const isoPictureBrands: readonly (readonly [RegExp, string, ConvertibleFormat?])[] = [
  [/^avi[fs]/, 'an AVIF image', 'avif'],
  [/^(hei[cxms]|hev[cxms])/, 'a HEIC image', 'heic'],
  [/^crx /, 'a Canon raw image'],
  [/^(jp2|jpx|jpm)/, 'a JPEG 2000 image'],
  [/^(mif[12]|msf1|miaf)/, 'a HEIF image'],
];

/** The major brand decides; only where it is a picture's of any coding do the compatible ones. */
function sniffIsoMedia(head: Uint8Array): Sniffed {
  const boxBytes = Math.min(
    ((head[0] ?? 0) << 24) | ((head[1] ?? 0) << 16) | ((head[2] ?? 0) << 8) | (head[3] ?? 0),
    256,
  );
  const major = text(head, 8, 12);
  if (major === 'qt  ') return { kind: 'clip', format: 'mov', what: 'a QuickTime video' };
  if (isoPictureBrands.some(([pattern]) => pattern.test(major))) {
    const brands = [major];
    for (let at = 16; at + 4 <= boxBytes; at += 4) brands.push(text(head, at, at + 4));
    const known = isoPictureBrands.find(([pattern]) => brands.some((brand) => pattern.test(brand)));
    const [, what = 'a HEIF image', convertible] = known ?? [];
    return { kind: 'other', what, shows: 'picture', ...(convertible === undefined ? {} : { convertible }) };
  }
  const named = isoClipBrands.find(([pattern]) => pattern.test(major));
  return { kind: 'clip', format: 'mp4', what: named?.[1] ?? 'an MP4 video' };
}

/** For the sentence only: what is in the file is asked of its tracks. */
const isoClipBrands: readonly (readonly [RegExp, string])[] = [
  [/^(M4A|M4B|M4P|aax)/, 'an audio file'],
  [/^3g/, 'a 3GP video'],
  [/^mjp2/, 'a Motion JPEG 2000 video'],
];

/** Finds the DocType element (0x4282) of the EBML header, which comes within its first bytes. */
function sniffMatroska(head: Uint8Array): Sniffed {
  for (let at = 4; at < Math.min(head.length - 4, 128); at++) {
    if (head[at] !== 0x42 || head[at + 1] !== 0x82) continue;
    const length = (head[at + 2] ?? 0) & 0x7f;
    const documentType = text(head, at + 3, at + 3 + length).replace(/\0+$/, '');
    if (documentType === 'webm') return { kind: 'clip', format: 'webm', what: 'a WebM video' };
    if (documentType === 'matroska') return { kind: 'other', what: 'a Matroska (MKV) video', shows: 'clip' };
    break;
  }
  return { kind: 'other', what: 'an EBML file that is neither WebM nor Matroska' };
}

const webpName = 'a WebP image';

/** Longer magics first where one begins like another. */
const pictureMagics: readonly Magic[] = [
  [webpName, 8, ascii('WEBP')],
  ['a GIF image', 0, ascii('GIF8')],
  ['a BMP image', 0, ascii('BM')],
  ['a TIFF image', 0, [0x49, 0x49, 0x2a, 0x00]],
  ['a TIFF image', 0, [0x4d, 0x4d, 0x00, 0x2a]],
  ['a BigTIFF image', 0, [0x49, 0x49, 0x2b, 0x00]],
  ['a Fujifilm raw image', 0, ascii('FUJIFILM')],
  ['a Panasonic raw image', 0, ascii('IIU\0')],
  ['an Olympus raw image', 0, ascii('IIRO')],
  ['a Photoshop document', 0, ascii('8BPS')],
  ['a JPEG XL image', 0, [0xff, 0x0a]],
  ['a JPEG XL image', 4, ascii('JXL ')],
  ['a JPEG XR image', 0, [0x49, 0x49, 0xbc]],
  ['a JPEG 2000 image', 4, ascii('jP  ')],
  ['a JPEG 2000 image', 0, [0xff, 0x4f, 0xff, 0x51]],
  ['an MNG animation', 0, [0x8a, 0x4d, 0x4e, 0x47]],
  ['a JNG image', 0, [0x8b, 0x4a, 0x4e, 0x47]],
  ['an icon file', 0, [0x00, 0x00, 0x01, 0x00]],
  ['a cursor file', 0, [0x00, 0x00, 0x02, 0x00]],
  ['an OpenEXR image', 0, [0x76, 0x2f, 0x31, 0x01]],
  ['a Radiance HDR image', 0, ascii('#?RADIANCE')],
  ['a Radiance HDR image', 0, ascii('#?RGBE')],
  ['a DDS texture', 0, ascii('DDS ')],
  ['a QOI image', 0, ascii('qoif')],
  ['a BPG image', 0, ascii('BPG\u00fb')],
  ['a GIMP image', 0, ascii('gimp xcf')],
  ['a Sigma raw image', 0, ascii('FOVb')],
  ['a Minolta raw image', 0, ascii('\0MRM')],
];

const clipMagics: readonly Magic[] = [
  ['an AVI video', 8, ascii('AVI ')],
  ['an MPEG program stream', 0, [0x00, 0x00, 0x01, 0xba]],
  ['a Flash video', 0, ascii('FLV')],
  ['a Windows Media file', 0, [0x30, 0x26, 0xb2, 0x75]],
  ['an MXF video', 0, [0x06, 0x0e, 0x2b, 0x34]],
  ['a RealMedia file', 0, ascii('.RMF')],
  ['an uncompressed video (Y4M)', 0, ascii('YUV4MPEG2')],
  ['an MPEG video without a container', 0, [0x00, 0x00, 0x01, 0xb3]],
  ['an H.264 or H.265 video without a container', 0, [0x00, 0x00, 0x00, 0x01]],
];

const otherMagics: readonly Magic[] = [
  ['a WAV audio file', 8, ascii('WAVE')],
  ['a RIFF file', 0, ascii('RIFF')],
  ['a PDF document', 0, ascii('%PDF')],
  ['a PostScript file', 0, ascii('%!PS')],
  ['a DjVu document', 0, ascii('AT&TFORM')],
  ['a ZIP archive', 0, ascii('PK\u0003\u0004')],
  ['a gzip archive', 0, [0x1f, 0x8b]],
  ['a 7z archive', 0, [0x37, 0x7a, 0xbc, 0xaf]],
  ['a RAR archive', 0, ascii('Rar!')],
  ['an xz archive', 0, [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['a Zstandard archive', 0, [0x28, 0xb5, 0x2f, 0xfd]],
  ['an Ogg file', 0, ascii('OggS')],
  ['an MP3 audio file', 0, ascii('ID3')],
  ['an MP3 audio file', 0, [0xff, 0xfb]],
  ['an MP3 audio file', 0, [0xff, 0xf3]],
  ['an MP3 audio file', 0, [0xff, 0xfa]],
  ['an AAC audio file', 0, [0xff, 0xf1]],
  ['an AAC audio file', 0, [0xff, 0xf9]],
  ['an AIFF audio file', 8, ascii('AIF')],
  ['an AMR audio file', 0, ascii('#!AMR')],
  ['a Windows program', 0, ascii('MZ')],
  ['a program', 0, [0x7f, 0x45, 0x4c, 0x46]],
  ['a FLAC audio file', 0, ascii('fLaC')],
];

const textFormats: readonly (readonly [RegExp, string])[] = [
  [/^#EXTM3U/, 'an HLS playlist'],
  [/^ffconcat/, 'an ffmpeg concat list'],
  [/<MPD[\s>]/, 'a DASH manifest'],
  [/^v=0\r?\n/, 'an SDP session description'],
  [/^(push\s+graphic-context|viewbox\s)/, 'an MVG drawing'],
  [/<svg[\s>]/i, 'an SVG drawing'],
  [/<(!doctype html|html|head|body)[\s>]/i, 'an HTML page'],
  [/^<\?xml/, 'an XML document'],
  [/^[[{]/, 'a JSON text'],
];

/** Words in front of pixels: PBM, PGM, PPM and their kin. */
const netpbm = /^P[1-7][\s#]/;

function sniffText(head: Uint8Array): string {
  const start = text(head, 0, head.length)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  const known = textFormats.find(([pattern]) => pattern.test(start));
  if (known !== undefined) return known[1];
  if (start.startsWith('version https://git-lfs')) return 'a pointer of Git LFS in place of the file';
  const isText = head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
  return isText ? 'a text file' : 'a file of an unknown format';
}

function starts(head: Uint8Array, bytes: readonly number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, at) => head[at] === byte);
}

function ascii(word: string): number[] {
  return Array.from(word, (character) => character.charCodeAt(0));
}

/** Bytes as Latin-1, one character each. */
function text(head: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...head.subarray(from, to));
}
