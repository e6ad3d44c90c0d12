import { constants, crc32, deflateSync } from 'node:zlib';

/** Files that try to cost more than they weigh, or that are not what they seem. Generated, so none is stored. */

/** A PNG whose pixels are all zero, at any size: `bits` per pixel, real compressed data of the full length. */
export function makeZeroPng(width: number, height: number, kind: 'one-bit' | 'rgb' | 'rgba' | 'rgba16'): Buffer {
  const { colorType, depth, bits } = pngKinds[kind];
  const rawBytes = height * (1 + Math.ceil((width * bits) / 8));
  return makePng(width, height, colorType, depth, deflatedZeros(rawBytes));
}

const pngKinds = {
  'one-bit': { colorType: 0, depth: 1, bits: 1 },
  rgb: { colorType: 2, depth: 8, bits: 24 },
  rgba: { colorType: 6, depth: 8, bits: 32 },
  rgba16: { colorType: 6, depth: 16, bits: 64 },
};

export function makePng(width: number, height: number, colorType: number, depth: number, data: Buffer): Buffer {
  return Buffer.concat([pngSignature, pngHeader(width, height, colorType, depth), chunk('IDAT', data), chunk('IEND')]);
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function pngHeader(width: number, height: number, colorType: number, depth: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colorType, 0, 0, 0], 8);
  return chunk('IHDR', header);
}

export function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** Puts chunks behind the header of a PNG. */
export function insertChunks(png: Buffer, ...chunks: Buffer[]): Buffer {
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}

/** The zlib stream of any number of zero bytes, made of one compressed block repeated. */
function deflatedZeros(count: number): Buffer {
  const blockBytes = 2 ** 24;
  const flushed = { finishFlush: constants.Z_FULL_FLUSH };
  const first = deflateSync(Buffer.alloc(Math.min(blockBytes, count)), flushed);
  const block = first.subarray(2);
  const blocks = Array.from({ length: Math.floor(count / blockBytes) }, () => block);
  const rest = deflateSync(Buffer.alloc(count % blockBytes), flushed).subarray(2);
  const end = Buffer.from([0x03, 0x00, 0, 0, 0, 0]);
  // Adler-32 of zeros: the sum stays 1, and the sum of sums is the count.
  end.writeUInt32BE((((count % 65_521) << 16) | 1) >>> 0, 2);
  return Buffer.concat([first.subarray(0, 2), ...blocks, rest, end]);
}

/** A PNG that names three frames, of which only the first is a picture of its own. */
export function makeAnimatedPng(png: Buffer, width: number, height: number): Buffer {
  const control = Buffer.alloc(8);
  control.writeUInt32BE(3, 0);
  const frame = (sequence: number) => {
    const data = Buffer.alloc(26);
    data.writeUInt32BE(sequence, 0);
    data.writeUInt32BE(width, 4);
    data.writeUInt32BE(height, 8);
    return chunk('fcTL', data);
  };
  const later = deflateSync(Buffer.alloc(height * (1 + width * 3), 200));
  const tail = [1, 3].flatMap((at) => [
    frame(at),
    chunk('fdAT', Buffer.concat([Buffer.from([0, 0, 0, at + 1]), later])),
  ]);
  const animated = insertChunks(png, chunk('acTL', control), frame(0));
  return Buffer.concat([animated.subarray(0, -12), ...tail, chunk('IEND')]);
}

/** A JPEG of a size it does not hold: the two numbers of its frame header are overwritten. */
export function claimJpegSize(jpeg: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(jpeg);
  const at = frameHeader(copy);
  copy.writeUInt16BE(height, at + 5);
  copy.writeUInt16BE(width, at + 7);
  return copy;
}

/** A JPEG that says it is coded arithmetically (SOF9), which few decoders read. */
export function claimArithmeticCoding(jpeg: Buffer): Buffer {
  const copy = Buffer.from(jpeg);
  copy[frameHeader(copy) + 1] = 0xc9;
  return copy;
}

/** A progressive JPEG whose last scan is repeated until it holds `count` of them. */
export function repeatScans(progressive: Buffer, count: number): Buffer {
  const scan = progressive.subarray(progressive.lastIndexOf(Buffer.from([0xff, 0xda])), -2);
  return Buffer.concat([
    progressive.subarray(0, -2),
    ...Array.from({ length: count }, () => scan),
    Buffer.from([0xff, 0xd9]),
  ]);
}

function frameHeader(jpeg: Buffer): number {
  for (const marker of [0xc0, 0xc2]) {
    const at = jpeg.indexOf(Buffer.from([0xff, marker, 0x00, 0x11]));
    if (at !== -1) return at;
  }
  throw new Error('no frame header in this JPEG');
}

/** Texts and containers that have been used against image and video programs, under the name they would come with. */
export const disguises: readonly (readonly [name: string, bytes: Buffer, what: string])[] = [
  ['page.jpg', Buffer.from('<!DOCTYPE html><html><body>404</body></html>'), 'an HTML page'],
  ['drawing.png', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'an SVG drawing'],
  [
    'bare.jpg',
    Buffer.from('<svg onload="x" xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
    'an SVG drawing',
  ],
  [
    'mvg.jpg',
    Buffer.from('push graphic-context\nviewbox 0 0 640 480\nimage over 0,0 0,0 "msl:x"\npop graphic-context'),
    'an MVG drawing',
  ],
  ['ps.jpg', Buffer.from('%!PS\nuserdict /setpagedevice undef'), 'a PostScript file'],
  ['djvu.jpg', Buffer.from('AT&TFORM\0\0\0\x04DJVM'), 'a DjVu document'],
  ['pdf.png', Buffer.from('%PDF-1.7\n'), 'a PDF document'],
  ['playlist.mp4', Buffer.from('#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/x\n'), 'an HLS playlist'],
  ['concat.mp4', Buffer.from("ffconcat version 1.0\nfile 'http://127.0.0.1/x'\n"), 'an ffmpeg concat list'],
  [
    'dash.mp4',
    Buffer.from('<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>'),
    'a DASH manifest',
  ],
  ['session.mp4', Buffer.from('v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n'), 'an SDP session description'],
  ['video.mp4', Buffer.from('RIFF\x10\0\0\0AVI LIST'), 'an AVI video'],
  ['photo.jpg', Buffer.from('RIFF\x10\0\0\0WEBPVP8 '), 'a WebP image'],
  ['moving.png', Buffer.from('GIF89a\x01\0\x01\0'), 'a GIF image'],
  ['phone.jpg', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'a HEIC image'],
  ['modern.jpg', Buffer.from('\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf', 'latin1'), 'an AVIF image'],
  ['error.jpg', Buffer.from('{"error":"not found"}'), 'a JSON text'],
  ['nothing.jpg', Buffer.alloc(0), 'empty'],
];
