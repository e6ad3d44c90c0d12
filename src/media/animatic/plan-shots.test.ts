import { describe, expect, test } from 'vitest';
import { easeCamera, easeInOut, easeOut } from './frame/ease.ts';
import { placeLayer } from './frame/place-layer.ts';
import { planShots } from './plan-shots.ts';
import {
  type AnimaticScript,
  type FigureView,
  framings,
  moves,
  type Scene,
  type ScriptAction,
  type ScriptShot,
} from './script.ts';
import { createTypesetter } from './text/typeset.ts';

const typesetter = await createTypesetter(['A duck waits.']);
const view = (change: Partial<FigureView> = {}): FigureView => ({
  kind: 'cutout',
  path: 'cutout.webp',
  width_px: 500,
  height_px: 700,
  is_bust: false,
  ...change,
});
const header = { kind: 'image', width_px: 800, height_px: 600 } as never;
const image = { param: 'image', path: 'image.jpg', header, label: 'image 1', is_figure: false };
const clip = { param: 'video', path: 'clip.mp4', header: { width_px: 1280, height_px: 720 } as never };

function script(
  size: readonly [number, number],
  shot: Partial<ScriptShot>,
  views: FigureView[] = [view()],
): AnimaticScript {
  const whole: ScriptShot = {
    frame_count: 48,
    caption: 'A duck waits.',
    framing: 'medium',
    move: 'push',
    side: 'centre',
    cast: [0],
    scene: { kind: 'studio' },
    pinned: [],
    ...shot,
  };
  const figure = { name: 'Duck', views, colors: ['#e0b020'], brightness: 0.5, voice: null };
  return {
    width_px: size[0],
    height_px: size[1],
    shots: [whole],
    cast: Array.from({ length: 7 }, () => figure),
    images: [image, image],
    clip,
    sound: { is_made: false, is_kept: false },
    title: '',
    comment: '',
  };
}

const sizes = [
  [1280, 720],
  [720, 1280],
  [720, 720],
] as const;
const scenes: Scene[] = [
  { kind: 'studio' },
  { kind: 'picture', image: 0 },
  { kind: 'place', image: 0 },
  { kind: 'crossing', from: 0, to: 1 },
  { kind: 'clip' },
  { kind: 'motion' },
];

function placesOf(given: AnimaticScript, frame: number) {
  const size = { width: given.width_px, height: given.height_px };
  return planShots(given, typesetter, 0.6).flatMap((shot) =>
    shot.layers.map((layer) => ({ layer, box: placeLayer(layer, shot, frame, size, { x: 0.5, y: 0.5, scale: 1 }) })),
  );
}

describe('whatever is asked for', () => {
  test.each(sizes)('the lowest layer covers the frame at every time (%i × %i)', (width, height) => {
    for (const scene of scenes.filter(({ kind }) => kind !== 'clip' && kind !== 'motion')) {
      for (const move of moves) {
        for (const frame of [0, 1, 17, 46, 47]) {
          const [ground] = placesOf(script([width, height], { scene, move }), frame);
          const { left, top, width: w, height: h } = (ground as NonNullable<typeof ground>).box;
          expect(Math.max(left, top), `${scene.kind} ${move} ${frame}`).toBeLessThanOrEqual(0.001);
          expect(Math.min(left + w - width, top + h - height)).toBeGreaterThanOrEqual(-0.001);
        }
      }
    }
  });

  test.each(sizes)(
    'every figure has its name, and both are in the frame with their middle (%i × %i)',
    (width, height) => {
      for (const scene of scenes) {
        for (const framing of framings) {
          for (const count of [1, 2, 3, 5, 7]) {
            const cast = Array.from({ length: count }, (_, at) => at);
            for (const frame of [24, 47]) {
              const places = placesOf(script([width, height], { scene, framing, cast }), frame);
              const figures = places.filter(({ layer }) => layer.figure !== undefined);
              const names = places.filter(
                ({ layer }) => layer.asset.kind === 'text' && layer.asset.lines[0] === 'Duck',
              );
              expect([figures.length, names.length]).toEqual([count, count]);
              for (const { box } of [...figures, ...names]) {
                const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
                expect(Math.min(x, width - x), `${scene.kind} ${framing} ${count}`).toBeGreaterThan(0);
                expect(Math.min(y, height - y)).toBeGreaterThan(0);
              }
            }
          }
        }
      }
    },
  );

  test('a bust reaches the lower edge in every frame of every move', () => {
    for (const move of moves) {
      for (const frame of [0, 20, 47]) {
        const places = placesOf(script([1280, 720], { move }, [view({ is_bust: true })]), frame);
        const bust = places.find(({ layer }) => layer.figure === 0)?.box as { top: number; height: number };
        expect(bust.top + bust.height).toBeGreaterThan(720);
        expect(bust.top).toBeGreaterThan(0);
      }
    }
  });

  test('the word ANIMATIC is in every shot', () => {
    for (const scene of scenes) {
      const words = placesOf(script([1280, 720], { scene, caption: '' }), 0).flatMap(({ layer }) =>
        layer.asset.kind === 'text' ? layer.asset.lines : [],
      );
      expect(words).toContain('ANIMATIC');
    }
  });
});

describe('what figures do', () => {
  const acting = (actions: readonly ScriptAction[], frame: number, change: Partial<ScriptShot> = {}) =>
    placesOf(script([1280, 720], { cast: [0, 1], actions, ...change }), frame);
  const middle = ({ left, width }: { left: number; width: number }) => left + width / 2;
  const figureOf = (places: ReturnType<typeof placesOf>, figure: number) =>
    places.find(({ layer }) => layer.figure === figure)?.box as NonNullable<(typeof places)[number]['box']>;

  test('only the one who acts moves, with its shadow and its name, and an arrow before all figures shows where to', () => {
    const actions = [{ figure: 1, kind: 'exit', from: 'left' }] as const;
    const [first, last] = [acting(actions, 0, { move: 'still' }), acting(actions, 47, { move: 'still' })];
    expect(middle(figureOf(last, 0))).toBeCloseTo(middle(figureOf(first, 0)), 3);
    expect(figureOf(last, 1).left).toBeGreaterThan(1280);
    const arrow = first.findIndex(({ layer }) => layer.asset.kind === 'arrow');
    expect(first[arrow]?.layer.asset).toMatchObject({ points: 'right' });
    expect(arrow).toBeGreaterThan(first.findLastIndex(({ layer }) => layer.figure !== undefined));
    expect(first[arrow]?.box.opacity).toBe(1);
    expect(last[arrow]?.box.opacity).toBe(0);
    const tags = last.filter(({ layer }) => layer.asset.kind === 'text' && layer.asset.lines[0] === 'Duck');
    expect(tags.map(({ box }) => middle(box) > 1280)).toEqual([false, true]);
  });

  test('who jumps leaves its shadow and its name on the floor, the shadow fainter', () => {
    const actions = [{ figure: 0, kind: 'jump', from: 'left' }] as const;
    const [rest, air] = [acting(actions, 0, { move: 'still' }), acting(actions, 22, { move: 'still' })];
    expect(figureOf(air, 0).top).toBeLessThan(figureOf(rest, 0).top - 60);
    const shadow = rest.findIndex(({ layer }) => layer.asset.kind === 'shadow');
    expect(air[shadow]?.box.top).toBeCloseTo(rest[shadow]?.box.top as number, 3);
    expect(air[shadow]?.box.opacity).toBeLessThan(rest[shadow]?.box.opacity as number);
  });

  test('in a close-up, whose edge cuts off the feet, who is whole in its picture jumps too; a bust stays', () => {
    const actions = [{ figure: 0, kind: 'jump', from: 'left' }] as const;
    const rise = (change: Partial<FigureView>) => {
      const [rest, air] = [0, 22].map((frame) =>
        figureOf(placesOf(script([1280, 720], { framing: 'close', move: 'still', actions }, [view(change)]), frame), 0),
      );
      expect((rest?.top as number) + (rest?.height as number)).toBeGreaterThan(720);
      return (rest?.top as number) - (air?.top as number);
    };
    expect(rise({})).toBeGreaterThan(60);
    expect(rise({ is_bust: true })).toBeCloseTo(0, 3);
  });

  test.each(sizes)(
    'whom the camera looks past is near, dark and cut off; the others are seen whole (%i × %i)',
    (width, height) => {
      const places = placesOf(script([width, height], { cast: [0, 1], near: 1 }), 0);
      const [far, near] = [figureOf(places, 0), figureOf(places, 1)];
      expect(near.top + near.height).toBeGreaterThan(height);
      expect(near.height).toBeGreaterThan(1.2 * far.height);
      expect(Math.min(far.left, width - far.left - far.width)).toBeGreaterThan(0);
      expect(places.filter(({ layer }) => layer.asset.kind === 'cutout' && layer.asset.near).length).toBe(1);
      expect(places.findIndex(({ layer }) => layer.figure === 1)).toBeGreaterThan(
        places.findIndex(({ layer }) => layer.figure === 0),
      );
      expect(places.filter(({ layer }) => layer.asset.kind === 'shadow').length).toBe(1);
    },
  );

  test('at a slant the floor leans with the figures, who stand on it; names stay upright', () => {
    const [straight, tilted] = [{}, { is_tilted: true }].map((change) => acting([], 0, { move: 'still', ...change }));
    const feet = (places: typeof straight = [], figure: number) => {
      const { left, top, width, height } = figureOf(places, figure);
      return [left + width / 2, top + height] as const;
    };
    const lean = feet(tilted, 1)[1] - feet(tilted, 0)[1];
    expect(lean / (feet(tilted, 1)[0] - feet(tilted, 0)[0])).toBeCloseTo(Math.tan((8 * Math.PI) / 180), 2);
    expect(feet(straight, 1)[1]).toBe(feet(straight, 0)[1]);
    const kinds = (places: typeof straight) => places?.map(({ layer }) => layer.asset.kind);
    expect(kinds(tilted)?.map((kind) => kind === 'text')).toEqual(kinds(straight)?.map((kind) => kind === 'text'));
    expect(kinds(tilted)?.slice(0, 3)).toEqual(['turned', 'turned', 'turned']);
  });

  test.each(sizes)(
    'a ground at a slant covers the frame, from a picture that covers it turned (%i × %i)',
    (width, height) => {
      for (const move of moves) {
        const [ground] = placesOf(script([width, height], { is_tilted: true, move }), 47);
        const { box, layer } = ground as NonNullable<typeof ground>;
        expect(Math.max(box.left, box.top)).toBeLessThanOrEqual(0.001);
        expect(Math.min(box.left + box.width - width, box.top + box.height - height)).toBeGreaterThanOrEqual(-0.001);
        if (layer.asset.kind !== 'turned') throw new Error('is not turned');
        const { inner, degrees } = layer.asset;
        const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
        // A corner of the box, turned back, lies within the picture.
        for (const side of [1, -1]) {
          const [x, y] = [layer.box.width / 2, (side * layer.box.height) / 2];
          expect(Math.abs(x * cos + y * sin)).toBeLessThanOrEqual(inner.width / 2 + 1);
          expect(Math.abs(y * cos - x * sin)).toBeLessThanOrEqual(inner.height / 2 + 1);
        }
      }
    },
  );

  test('a bust at a slant shows its lower edge nowhere', () => {
    const given = script([1280, 720], { is_tilted: true, move: 'still' }, [view({ is_bust: true, width_px: 900 })]);
    const bust = placesOf(given, 0).find(({ layer }) => layer.figure === 0);
    if (bust?.layer.asset.kind !== 'turned') throw new Error('is not turned');
    const { inner } = bust.layer.asset;
    const [sin, cos] = [Math.sin((8 * Math.PI) / 180), Math.cos((8 * Math.PI) / 180)];
    const [x, y] = [bust.box.left + bust.box.width / 2, bust.box.top + bust.box.height / 2];
    for (const side of [1, -1]) {
      expect(y + (side * inner.width * sin) / 2 + (inner.height * cos) / 2, `${x}`).toBeGreaterThan(720);
    }
  });

  test('a whip pan stands, swings within a few frames and stands; a handheld camera never rests', () => {
    const track = (move: ScriptShot['move']) =>
      Array.from({ length: 48 }, (_, frame) => middle(figureOf(acting([], frame, { move, cast: [0] }), 0)));
    const steps = (values: number[]) => values.slice(1).map((value, at) => Math.abs(value - (values[at] as number)));
    const whip = steps(track('whip'));
    expect(
      whip
        .slice(0, 18)
        .concat(whip.slice(28))
        .every((step) => step < 0.001),
    ).toBe(true);
    expect(Math.max(...whip)).toBeGreaterThan(40);
    const hand = steps(track('handheld'));
    expect(hand.filter((step) => step > 0.05).length).toBeGreaterThan(40);
    expect(Math.max(...hand)).toBeLessThan(4);
  });
});

describe('moves', () => {
  test('what is far behind moves less than what is near', () => {
    const grow = (at: number) => {
      const [from, to] = [0, 47].map((frame) => placesOf(script([1280, 720], { move: 'push' }), frame)[at]?.box.width);
      return (to as number) / (from as number);
    };
    const figure = placesOf(script([1280, 720], {}), 0).findIndex(({ layer }) => layer.figure === 0);
    expect(grow(0)).toBeGreaterThan(1);
    expect(grow(figure)).toBeGreaterThan(1 + 2 * (grow(0) - 1));
  });

  test('no step of a camera is more than two and a half times another in the middle of a shot', () => {
    const steps = Array.from({ length: 40 }, (_, at) => easeCamera((at + 1) / 40) - easeCamera(at / 40));
    const middle = steps.slice(5, 35);
    expect(Math.max(...middle) / Math.min(...middle)).toBeLessThan(2.5);
    expect((steps[0] as number) / (steps[20] as number)).toBeLessThan(0.2);
  });

  test.each([easeInOut, easeOut, easeCamera])('easing runs from 0 to 1 and never back', (ease) => {
    const values = Array.from({ length: 101 }, (_, at) => ease(at / 100));
    expect(values[0]).toBeCloseTo(0, 9);
    expect(values[100]).toBeCloseTo(1, 9);
    expect(values).toEqual(values.toSorted((one, other) => one - other));
  });

  test('a figure follows the mover with its shadow and its name', () => {
    const given = script([1280, 720], { scene: { kind: 'motion' } });
    const size = { width: 1280, height: 720 };
    const [shot] = planShots(given, typesetter, 0.6);
    if (shot === undefined) throw new Error('has no shot');
    const moved = shot.layers.filter(({ follows }) => follows);
    expect(moved.length).toBe(3);
    for (const layer of moved) {
      const here = placeLayer(layer, shot, 10, size, { x: 0.3, y: 0.5, scale: 1 });
      const there = placeLayer(layer, shot, 10, size, { x: 0.7, y: 0.5, scale: 1 });
      expect(there.left - here.left).toBeCloseTo(0.4 * 1280, 6);
    }
  });
});
