import sharp from 'sharp';
import type { StartedTroupe } from '../helpers/start-troupe.ts';

export const ballSize = { width: 480, height: 360 };

/** A red ball in the middle of plain ground, a picture of {@link ballSize}. */
export async function drawBall(): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="360">
    <rect width="480" height="360" fill="#d8d4cc"/><circle cx="240" cy="180" r="100" fill="#c22"/></svg>`;
  return await sharp(Buffer.from(svg)).png().toBuffer();
}

/** An element of one picture twice; its id. Takes a worker. */
export async function makeElement(troupe: StartedTroupe, picture: Buffer): Promise<string> {
  const image = picture.toString('base64');
  const { body } = await troupe.submit({
    model: 'kling-custom-element',
    model_params: {
      element_name: 'Red ball',
      element_description: 'A red ball',
      reference_type: 'image_refer',
      element_image_list: { frontal_image: image, refer_images: [{ image_url: image }] },
    },
  });
  return (await troupe.waitForEnd(body.id)).result_data.element_id;
}
