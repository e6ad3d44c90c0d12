import { listModels } from '../media/index.ts';
import type { Check } from './schema.ts';

/** Whether a model of the operator helps to cut things out, and the command that adds one where none does. */
export async function checkMattes(folder: string): Promise<Omit<Check, 'part'>> {
  const found = (await listModels(folder)).find(({ task }) => task === 'matting');
  if (found === undefined) {
    return {
      status: 'off',
      message: 'subjects are cut out without a model',
      remedy: 'toys, animals and products are cut out better with one: troupe plugins add u2netp',
    };
  }
  const name = found.model?.name ?? 'matting';
  if (found.fault === null) return { status: 'ok', message: `${name} helps to cut subjects out` };
  return {
    status: 'broken',
    message: `the matting model ${name} ${found.fault}`,
    remedy: `add it anew after: troupe plugins remove ${name}`,
  };
}
