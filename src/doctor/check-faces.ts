import { checkFaceComparison } from '../media/index.ts';
import type { Check } from './schema.ts';

/** The settings of the media room that it looks at, and where models lie. */
export interface FacesOptions {
  settings: Parameters<typeof checkFaceComparison>[0];
  folder: string;
}

/** Whether faces can be compared, where they are to be. */
export async function checkFaces({ settings, folder }: FacesOptions): Promise<Omit<Check, 'part'>> {
  if (settings.compareFaces === 'off') {
    return { status: 'off', message: 'faces are not compared: two people under one name are not noticed' };
  }
  try {
    await checkFaceComparison(settings, folder);
    return { status: 'ok', message: 'faces of the pictures of an element are compared, and nothing of them is kept' };
  } catch (error) {
    const [message = '', remedy] = (error as Error).message.split('; ');
    return { status: 'broken', message, ...(remedy !== undefined && { remedy }) };
  }
}
