import type { Chance } from './chance.ts';
import type { World } from './world.ts';

export interface UpstreamOrder {
  marker: string;
  /** Where it is asked for. */
  path: string;
  body: object;
}

/** Of ten orders, two are for pictures and one for the angles of an element; the others are videos. */
export function mixOrders(world: World, elements: readonly string[], count: number, chance: Chance): UpstreamOrder[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = chance.pick([
      'video',
      'video',
      'video',
      'video',
      'video',
      'video',
      'video',
      'image',
      'image',
      'angles',
    ]);
    if (kind === 'angles') return orderAngles(index, elements, chance);
    return kind === 'image'
      ? orderPictures(world, index, elements, chance)
      : orderVideo(world, index, elements, chance);
  });
}

/** Of an element, or of a picture. */
function orderAngles(index: number, elements: readonly string[], chance: Chance): UpstreamOrder {
  const path = `/v1/elements/${chance.pick(elements)}/angles`;
  return { marker: `angles-${String(index).padStart(4, '0')}`, path, body: {} };
}

/** Pictures of every model, one to four, with none to two elements. */
function orderPictures(world: World, index: number, elements: readonly string[], chance: Chance): UpstreamOrder {
  const marker = `image-${String(index).padStart(4, '0')}`;
  const model = chance.pick(['kling-image-o1', 'kling-image-o3', 'kling-image-v3']);
  const cast = chance.shuffle(elements).slice(0, chance.pick([0, 1, 1, 2]));
  const body = {
    model,
    prompt: tellPrompt(marker, cast),
    n: chance.pick([1, 1, 2, 4]),
    quality: model === 'kling-image-o3' ? chance.pick(['1k', '4k']) : '1k',
    ...(chance.happens(0.3) ? { image_urls: [world.origin.url(`/${marker}/duck.jpg?delay=0`)] } : {}),
    model_params: { element_list: cast.map((element_id) => ({ element_id })) },
  };
  return { marker, path: '/v1/images/generations', body };
}

/** Videos of every model that needs no reference video, with none to two elements, one shot or several. */
function orderVideo(world: World, index: number, elements: readonly string[], chance: Chance): UpstreamOrder {
  const marker = `video-${String(index).padStart(4, '0')}`;
  const model = chance.pick(Object.keys(bodies) as (keyof typeof bodies)[]);
  const picture = world.origin.url(`/${marker}/duck.jpg?delay=0`);
  const cast = chance.shuffle(elements).slice(0, model === 'kling-v3-text-to-video' ? 0 : chance.pick([0, 1, 1, 2]));
  const body = { model, ...bodies[model]({ marker, picture, cast, several: chance.happens(0.3) }) };
  return { marker, path: '/v1/videos/generations', body };
}

interface OrderParts {
  marker: string;
  picture: string;
  cast: readonly string[];
  several: boolean;
}

const bodies = {
  'kling-o3-text-to-video': (options: OrderParts) => ({ ...tell(options), aspect_ratio: '9:16' }),
  'kling-o3-image-to-video': (options: OrderParts) => ({ ...tell(options), image_start: options.picture, sound: 'on' }),
  'kling-v3-text-to-video': (options: OrderParts) => ({ ...tell(options), negative_prompt: 'rain' }),
  'kling-v3-image-to-video': (options: OrderParts) => ({
    ...tell(options),
    image_start: options.picture,
    quality: '1080p',
  }),
};

function tell({ marker, cast, several }: OrderParts) {
  const prompt = tellPrompt(marker, cast);
  const shots = {
    multi_shot: true,
    shot_type: 'customize',
    multi_prompt: [1, 2].map((index) => tellShot(index, prompt)),
  };
  return {
    ...(several ? {} : { prompt }),
    duration: 5,
    model_params: {
      ...(cast.length === 0 ? {} : { element_list: cast.map((element_id) => ({ element_id })) }),
      ...(several ? shots : {}),
    },
  };
}

function tellPrompt(marker: string, cast: readonly string[]): string {
  return `${marker}: ${cast.map((_, at) => `<<<element_${at + 1}>>>`).join(' and ')} by the water`;
}

function tellShot(index: number, prompt: string) {
  return { index, prompt, duration: index === 1 ? '2' : '3' };
}
