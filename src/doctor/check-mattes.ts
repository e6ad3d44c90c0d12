import { listModels, type MediaSettings } from '../media/index.ts';
import type { Check } from './schema.ts';

/** Where models that an operator has added lie, and the setting of that name. */
export interface MattesOptions extends Pick<MediaSettings, 'thingsNetwork'> {
  readonly modelsFolder: string;
}

/** What helps to cut things out: a model of the operator, else the network that comes along. */
export async function checkMattes({
  modelsFolder: folder,
  thingsNetwork,
}: MattesOptions): Promise<Omit<Check, 'part'>> {
  const found = (await listModels(folder)).find(({ task }) => task === 'matting');
  if (found === undefined) {
    if (thingsNetwork === 'on') return { status: 'ok', message: 'the network for things helps to cut subjects out' };
    return {
      status: 'off',
      message: 'toys, animals and products are cut out without a network',
      remedy: 'they are cut out better with one: leave TROUPE_THINGS_NETWORK=off out',
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
