import type { Chance } from './chance.ts';
import { badNames } from './media-origin.ts';
import type { World } from './world.ts';

/** What a task is expected to come to, by the way it was asked for. */
type Kind = 'good' | 'clip' | 'bad' | 'dead_callback' | 'twice';

export interface Order {
  /** Names the task inside its own request, so that rows, fetches and answers can be told apart: at most 20 characters. */
  marker: string;
  kind: Kind;
  body: object;
}

export interface OrderOptions {
  marker: string;
  kind: Kind;
  /** Milliseconds in the middle of each download. */
  delayMs?: number;
  /** For `bad`: what the second picture is. */
  badName?: string;
  /** Path below the receiver; null for no callback. */
  callback?: string | null;
}

export function createOrder(world: World, options: OrderOptions): Order {
  const { marker, kind, delayMs = 50 } = options;
  const url = (name: string) => world.origin.url(`/${marker}/${name}?delay=${delayMs}`);
  const callback = options.callback === undefined ? (kind === 'dead_callback' ? 'dead' : 'ok') : options.callback;
  const second = kind === 'bad' ? (options.badName ?? 'text.jpg') : 'bear.jpg';
  const source =
    kind === 'clip'
      ? { reference_type: 'video_refer', element_video_list: { refer_videos: [{ video_url: url('dog.mp4') }] } }
      : {
          reference_type: 'image_refer',
          element_image_list: { frontal_image: url('duck.jpg'), refer_images: [{ image_url: url(second) }] },
        };
  const body = {
    model: 'kling-custom-element',
    model_params: { element_name: marker, element_description: `a ${kind} order`, ...source },
    ...(callback === null ? {} : { callback_url: world.receiver.url(`/${callback}/${marker}`) }),
  };
  return { marker, kind, body };
}

/** 60 % good (every tenth of them a clip), 20 % bad media, 10 % dead callback receivers, 10 % sent twice. */
export function mixOrders(world: World, count: number, chance: Chance): Order[] {
  const kinds = Array.from({ length: count }, (_, index): Kind => {
    const share = index / count;
    if (share < 0.6) return index % 10 === 9 ? 'clip' : 'good';
    if (share < 0.8) return 'bad';
    return share < 0.9 ? 'dead_callback' : 'twice';
  });
  return chance.shuffle(kinds).map((kind, index) =>
    createOrder(world, {
      kind,
      marker: `task-${String(index).padStart(4, '0')}`,
      delayMs: Math.round(chance.between(0, 400)),
      badName: chance.pick(badNames),
      callback: kind === 'dead_callback' ? 'dead' : chance.pick(['ok', 'ok', 'ok', 'late']),
    }),
  );
}
