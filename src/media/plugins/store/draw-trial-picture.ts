import type { RgbImage } from '../../raster/raster.ts';

const sidePx = 512;

/**
 * A picture that shows one thing: an orange ball with light and shade on a bluish table before a wall, all with grain. Drawn here,
 * so that no file has to come along; whoever looks for a subject finds the ball, and surroundings around it.
 */
export function drawTrialPicture(): RgbImage {
  const data = new Uint8Array(sidePx * sidePx * 3);
  let seed = 1;
  for (let y = 0, to = 0; y < sidePx; y++) {
    for (let x = 0; x < sidePx; x++, to += 3) {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      const grain = (seed >> 16) % 9;
      const [across, down] = [(x - 256) / 120, (y - 270) / 120];
      const depth = 1 - across * across - down * down;
      const light = 0.35 + 0.65 * Math.max(0, -across * 0.4 - down * 0.6 + Math.sqrt(Math.max(0, depth)) * 0.7);
      const shade = y > 340 ? 0.75 - 0.2 * Math.exp(-(across * across) - ((y - 390) / 30) ** 2) : 0.5 + y / 1500;
      const [red, green, blue] =
        depth > 0 ? [235 * light, 120 * light, 40 * light] : [90 * shade, 105 * shade, 170 * shade];
      data[to] = Math.min(255, red + grain);
      data[to + 1] = Math.min(255, green + grain);
      data[to + 2] = Math.min(255, blue + grain);
    }
  }
  return { width: sidePx, height: sidePx, data };
}
