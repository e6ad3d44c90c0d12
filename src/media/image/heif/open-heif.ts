import type { LibHeif } from 'libheif-js/libheif-wasm/libheif-bundle.mjs';

/** What the boxes of a HEIF file (HEIC, AVIF) say of the picture that it calls its primary one. */
export interface HeifPicture {
  /** Upright: the file's own turns and mirrors are done by the decoder. */
  width_px: number;
  height_px: number;
  /** Of each sample, before any color: 8, 10 or 12. */
  bits: number;
  hasAlpha: boolean;
  /** In the file, the primary one counted; of a sequence at least. Thumbnails, depths and gain maps are none. */
  pictures: number;
  /** An ICC profile; null without one. */
  profile: Buffer | null;
  /** Codes of ITU-T H.273 for primaries and transfer; 2 says nothing. Null where the file has none. */
  coded: { primaries: number; transfer: number } | null;
  /**
   * The pixels of a HEIC picture, without gaps between rows, in the memory of the decoder: they hold until the next picture
   * is opened. Samples of more than 8 bits are spread over 16. Throws a {@link BrokenHeif}.
   */
  decode(): HeifPixels;
}

export interface HeifPixels {
  width: number;
  height: number;
  channels: 3 | 4;
  samples: Uint8Array | Uint16Array;
}

/** The file can't be read; the message is libheif's, for the log. */
class BrokenHeif extends Error {}

/**
 * Reads the boxes of a HEIF file and decodes nothing yet. The decoder is libheif as WebAssembly, a fresh one for each picture:
 * whatever a hostile file does in it stays there, and its memory is given back whole. Throws a {@link BrokenHeif}.
 */
export async function openHeif(file: Buffer, limits: { pixelsMax: number }): Promise<HeifPicture> {
  // Loaded at its first use: two megabytes that pictures of other formats don't need.
  const { default: open } = await import('libheif-js/libheif-wasm/libheif-bundle.mjs');
  const heif = createCaller(await open());
  return heif.guard(() => readPrimary(heif, file, limits.pixelsMax));
}

interface Caller {
  lib: LibHeif;
  view(): DataView;
  /** Calls what writes its error to the address that it is given, and answers the number behind `out`. */
  ask(call: (error: number, out: number) => void): number;
  guard<T>(work: () => T): T;
}

/** Bytes of an error: two codes and the address of its message. */
const errorBytes = 12;

function createCaller(lib: LibHeif): Caller {
  const error = lib._malloc(errorBytes);
  const out = lib._malloc(8);
  const view = () => new DataView(lib.HEAPU8.buffer);
  return {
    lib,
    view,
    ask(call) {
      call(error, out);
      if (view().getUint32(error, true) !== 0) throw new BrokenHeif(readText(lib, view().getUint32(error + 8, true)));
      return view().getUint32(out, true);
    },
    guard(work) {
      try {
        return work();
      } catch (cause) {
        // What WebAssembly throws where it can't go on: out of memory, or a trap in the decoder.
        throw cause instanceof BrokenHeif ? cause : new BrokenHeif((cause as Error).message);
      }
    },
  };
}

function readText({ HEAPU8 }: LibHeif, at: number): string {
  return Buffer.from(HEAPU8.subarray(at, HEAPU8.indexOf(0, at))).toString('latin1');
}

/** Where `heif_security_limits` holds the most pixels of one picture: behind its version, aligned to 8 bytes. */
const pixelsMaxAt = 8;

function readPrimary(heif: Caller, file: Buffer, pixelsMax: number): HeifPicture {
  const { lib } = heif;
  const at = lib._malloc(file.length);
  lib.HEAPU8.set(file, at);
  const context = lib._heif_context_alloc();
  heif.view().setBigUint64(lib._heif_context_get_security_limits(context) + pixelsMaxAt, BigInt(pixelsMax), true);
  heif.ask((error) => lib._heif_context_read_from_memory_without_copy(error, context, at, file.length, 0));
  const handle = heif.ask((error, out) => lib._heif_context_get_primary_image_handle(error, context, out));
  const bits = lib._heif_image_handle_get_luma_bits_per_pixel(handle);
  const hasAlpha = lib._heif_image_handle_has_alpha_channel(handle) === 1;
  const isSequence = lib._heif_context_has_sequence(context) === 1;
  return {
    width_px: lib._heif_image_handle_get_width(handle),
    height_px: lib._heif_image_handle_get_height(handle),
    bits,
    hasAlpha,
    pictures: Math.max(lib._heif_context_get_number_of_top_level_images(context), isSequence ? 2 : 1),
    profile: readProfile(heif, handle),
    coded: readCoded(heif, handle),
    decode: () => heif.guard(() => decode(heif, handle, bits > 8, hasAlpha)),
  };
}

/** Larger ones are of printers, which no camera writes. */
const profileBytesMax = 2 ** 22;

function readProfile({ lib, ask }: Caller, handle: number): Buffer | null {
  const size = lib._heif_image_handle_get_raw_color_profile_size(handle);
  if (size === 0 || size > profileBytesMax) return null;
  const at = lib._malloc(size);
  ask((error) => lib._heif_image_handle_get_raw_color_profile(error, handle, at));
  return Buffer.from(lib.HEAPU8.subarray(at, at + size));
}

/** Behind its version, `heif_color_profile_nclx` holds primaries, transfer and matrix in 4 bytes each. */
function readCoded({ lib, ask, view }: Caller, handle: number): HeifPicture['coded'] {
  try {
    const at = ask((error, out) => lib._heif_image_handle_get_nclx_color_profile(error, handle, out));
    return { primaries: view().getUint32(at + 4, true), transfer: view().getUint32(at + 8, true) };
  } catch {
    return null; // libheif calls it an error that there is none
  }
}

/** `heif_colorspace_RGB`, `heif_channel_interleaved`, and of `heif_chroma` those that are interleaved. */
const rgb = 1;
const interleaved = 10;
const chromas = { false: { 3: 10, 4: 11 }, true: { 3: 14, 4: 15 } } as const;

function decode({ lib, ask, view }: Caller, handle: number, isDeep: boolean, hasAlpha: boolean): HeifPixels {
  const channels = hasAlpha ? 4 : 3;
  const chroma = chromas[`${isDeep}`][channels];
  const image = ask((error, out) => lib._heif_decode_image(error, handle, out, rgb, chroma, 0));
  const out = lib._malloc(4);
  const plane = lib._heif_image_get_plane_readonly(image, interleaved, out);
  const stride = view().getUint32(out, true);
  const width = lib._heif_image_get_width(image, interleaved);
  const height = lib._heif_image_get_height(image, interleaved);
  const rowBytes = width * channels * (isDeep ? 2 : 1);
  for (let row = 1; row < height && stride !== rowBytes; row++) {
    lib.HEAPU8.copyWithin(plane + row * rowBytes, plane + row * stride, plane + row * stride + rowBytes);
  }
  const { buffer } = lib.HEAPU8;
  if (!isDeep) return { width, height, channels, samples: new Uint8Array(buffer, plane, rowBytes * height) };
  const samples = new Uint16Array(buffer, plane, (rowBytes * height) / 2);
  spread(samples, lib._heif_image_handle_get_luma_bits_per_pixel(handle));
  return { width, height, channels, samples };
}

/** White stays white: the upper bits are repeated below. */
function spread(samples: Uint16Array, bits: number): void {
  for (let at = 0; at < samples.length; at++) {
    const sample = samples[at] as number;
    samples[at] = (sample << (16 - bits)) | (sample >> (2 * bits - 16));
  }
}
