/**
 * Decoded pixels: `data` is height × width × channels, row by row, 8 bits each (0…255), sRGB; with 4 channels the last
 * is straight (not premultiplied) alpha.
 */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 3 | 4;
}
