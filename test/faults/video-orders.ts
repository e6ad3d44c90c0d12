import type { Chance } from './chance.ts';
import type { World } from './world.ts';

export interface VideoOrder {
  marker: string;
  body: object;
}

/** Videos of every model that needs no reference video, with none to two elements, one shot or several. */
export function mixVideos(world: World, elements: readonly string[], count: number, chance: Chance): VideoOrder[] {
  return Array.from({ length: count }, (_, index) => {
    const marker = `video-${String(index).padStart(4, '0')}`;
    const model = chance.pick(Object.keys(bodies) as (keyof typeof bodies)[]);
    const picture = world.origin.url(`/${marker}/duck.jpg?delay=0`);
    const cast = chance.shuffle(elements).slice(0, model === 'kling-v3-text-to-video' ? 0 : chance.pick([0, 1, 1, 2]));
    return { marker, body: { model, ...bodies[model]({ marker, picture, cast, several: chance.happens(0.3) }) } };
  });
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
  const prompt = `${marker}: ${cast.map((_, at) => `<<<element_${at + 1}>>>`).join(' and ')} by the water`;
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

function tellShot(index: number, prompt: string) {
  return { index, prompt, duration: index === 1 ? '2' : '3' };
}
