/** Bytes of a PNG's signature with its header chunk, and where in it the depth and the kind of color stand. */
const headBytes = 33;
const depthAt = 24;
const colorAt = 25;
const grey = 0;
const palette = 3;

/** A mask that is being read before anybody draws it: the last one alone, since each takes as much as a picture. */
let ahead: { matte: Uint8Array; mask: Promise<ImageBitmap> } | undefined;

/** Begins to read a matte that will be drawn next, while the page is still busy with its coming. */
export function readAhead(matte: Uint8Array<ArrayBuffer>): void {
  const mask = decode(matte);
  // Told to those who draw it.
  mask.catch(() => undefined);
  ahead = { matte, mask };
}

/** The matte, a grey PNG, as opacity: a picture of it that is the caller's to close. */
export async function readMask(matte: Uint8Array<ArrayBuffer>): Promise<ImageBitmap> {
  const begun = ahead?.matte === matte ? ahead.mask : undefined;
  if (begun !== undefined) ahead = undefined;
  return await (begun ?? decode(matte));
}

async function decode(matte: Uint8Array<ArrayBuffer>): Promise<ImageBitmap> {
  const isPlain = matte[depthAt] === 8 && matte[colorAt] === grey;
  const mask = await createImageBitmap(new Blob(isPlain ? nameOpacities(matte) : [matte], { type: 'image/png' }));
  return isPlain ? mask : await readGrey(mask);
}

/**
 * The same PNG with its grey levels as opacities of black: the header names a palette, which follows it. So the browser's decoder makes the
 * mask, where to read the pixels back and write them again took longer than all the rest of drawing it.
 */
function nameOpacities(matte: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const head = matte.slice(0, headBytes);
  head[colorAt] = palette;
  const opacities = Uint8Array.from({ length: 256 }, (_, level) => level);
  const header = writeChunk('IHDR', head.subarray(16, headBytes - 4));
  return [
    head.slice(0, 8),
    header,
    writeChunk('PLTE', new Uint8Array(768)),
    writeChunk('tRNS', opacities),
    matte.subarray(headBytes),
  ];
}

function writeChunk(name: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(data.length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(new TextEncoder().encode(name), 4);
  chunk.set(data, 8);
  view.setUint32(data.length + 8, sum(chunk.subarray(4, data.length + 8)));
  return chunk;
}

/** CRC-32 as PNG has it (ISO 3309). */
function sum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Of another kind of PNG, as an element from elsewhere may bring one: by its pixels. */
async function readGrey(matte: ImageBitmap): Promise<ImageBitmap> {
  const context = new OffscreenCanvas(matte.width, matte.height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('this browser has no canvas');
  context.drawImage(matte, 0, 0);
  const mask = context.getImageData(0, 0, matte.width, matte.height);
  matte.close();
  for (let at = 0; at < mask.data.length; at += 4) mask.data[at + 3] = mask.data[at] as number;
  return await createImageBitmap(mask);
}
