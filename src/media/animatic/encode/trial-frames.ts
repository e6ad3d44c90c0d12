import { createFrame } from '../frame/yuv-raster.ts';

/** Of the frames that encoders are compared by. */
export const trialSize = { width: 1280, height: 720 };

/**
 * Frames for comparing encoders, always the same ones: a soft ground, and before it a textured figure that crosses it, as
 * most animatics have them. Each is valid until the next is asked for.
 */
export async function* drawTrialFrames(count: number): AsyncGenerator<Uint8Array> {
  const { width, height } = trialSize;
  const ground = createFrame(width, height);
  ground.data.fill(128);
  for (let at = 0; at < ground.y.length; at++) ground.y[at] = 60 + (100 * at) / ground.y.length + (noise(at) & 1);
  const figure = { width: 400, height: 500, left: 80, top: 160, texture: drawTexture(400, 500) };
  const frame = createFrame(width, height);
  for (let number = 0; number < count; number++) {
    frame.data.set(ground.data);
    for (let row = 0; row < figure.height; row++) {
      const texture = figure.texture.subarray(row * figure.width, (row + 1) * figure.width);
      frame.y.set(texture, (figure.top + row) * width + figure.left + 3 * number);
    }
    yield frame.data;
  }
}

/** Luma of stripes and specks. */
function drawTexture(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return 120 + 50 * Math.sin(x / 9 + y / 17) + 20 * Math.sin(y / 5) + (noise(at) & 15);
  });
}

/** Bits that look like chance, the same every time. */
function noise(at: number): number {
  const mixed = Math.imul(at ^ (at >>> 15), 0x2c1b3c6d);
  return Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39) >>> 20;
}
