import { expect, test } from 'vitest';
import type { FaceComparer } from '../../networks/index.ts';
import type { FaceFacts } from '../../schema.ts';
import { createView } from '../view.ts';
import { compareFaces } from './compare-faces.ts';

test('of two faces in a cut-out the clear one is compared, not a larger one that is hardly seen', () => {
  const pixels = { width: 64, height: 48, channels: 3 as const, data: new Uint8Array(64 * 48 * 3) };
  const aside: FaceFacts = { left: 0.55, top: 0.1, right: 0.95, bottom: 0.6, score: 0.7 };
  const clear: FaceFacts = { left: 0.1, top: 0.2, right: 0.3, bottom: 0.5, score: 0.9 };
  const views = ['frontal', 'refer-1'].map((stem, source) => {
    const view = createView({ stem, role: 'upright', source, param: stem, pixels });
    view.faces = source === 0 ? [aside, clear] : [aside];
    view.smallAlpha = new Uint8Array(64 * 48).fill(255);
    return view;
  });
  const described: FaceFacts[] = [];
  const faceComparer = {
    describe: (_: unknown, face: FaceFacts) => {
      described.push(face);
      return { why: 'turned', value: 1, limit: 0.4 };
    },
    compare: () => 0,
    forget: () => undefined,
  } as unknown as FaceComparer;
  const state = { views, colors: [], placeholderHash: '', report: [], isPerson: true as const };
  compareFaces(state, { faceComparer } as never);
  expect(described).toEqual([clear, aside]);
});
