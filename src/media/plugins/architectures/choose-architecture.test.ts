import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { architectures } from './architectures.ts';
import { chooseArchitecture } from './choose-architecture.ts';
import { knownModels } from './known-models.ts';
import { refusedModels } from './refused-models.ts';
import type { ModelSignature } from './signature.ts';

type Sides = readonly (number | null)[];

function signature(input: [string, Sides], ...outputs: [string, Sides][]): ModelSignature {
  const facts = ([name, shape]: [string, Sides]) => ({ name, type: 'float32', shape });
  return { inputs: [facts(input)], outputs: outputs.map(facts) };
}

const yunet = () =>
  signature(
    ['input', [1, 3, 640, 640]],
    ...(['cls', 'obj', 'bbox', 'kps'] as const).flatMap((kind) =>
      [8, 16, 32].map((stride): [string, Sides] => [
        `${kind}_${stride}`,
        [1, (640 / stride) ** 2, { cls: 1, obj: 1, bbox: 4, kps: 10 }[kind]],
      ]),
    ),
  );

describe('by inputs and outputs', () => {
  test.each([
    [
      'u2net',
      'matting',
      signature(['input.1', [1, 3, 320, 320]], ['1959', [1, 1, 320, 320]], ['1960', [1, 1, 320, 320]]),
    ],
    ['u2net', 'matting', signature(['x', [null, 3, 320, 320]], ['y', []])],
    ['isnet', 'matting', signature(['img', [1, 3, 1024, 1024]], ['4038', [1, 1, 1024, 1024]])],
    ['birefnet', 'matting', signature(['input_image', [1, 3, 1024, 1024]], ['output_image', [1, 1, 1024, 1024]])],
    ['birefnet', 'matting', signature(['input_image', [1, 3, 512, 512]], ['output_image', [1, 1, 512, 512]])],
    ['modnet', 'matting', signature(['input', [null, 3, null, null]], ['output', [null, 1, null, null]])],
    ['isnet', 'matting', signature(['input', [1, 3, 1024, 1024]], ['mask', [1, 1, 1024, 1024]])],
    ['rmbg-2.0', 'matting', signature(['pixel_values', [1, 3, 1024, 1024]], ['alphas', [1, 1, 1024, 1024]])],
    [
      'dinov2',
      'embedding',
      signature(['pixel_values', [null, 3, null, null]], ['last_hidden_state', [null, null, 384]]),
    ],
    ['clip', 'embedding', signature(['pixel_values', [null, 3, 224, 224]], ['image_embeds', [null, 512]])],
    ['yunet', 'faces', yunet()],
    [
      'ultraface-320',
      'faces',
      signature(['input', [1, 3, 240, 320]], ['scores', [1, 4420, 2]], ['boxes', [1, 4420, 4]]),
    ],
  ] as const)('%s is known as %s', (id, task, model) => {
    expect(chooseArchitecture(model, task).id).toBe(id);
  });

  test('what fits nothing is refused with what was found and what each known one expects', () => {
    const model = signature(['x', [1, 3, 64, 64]], ['y', [1, 10]]);
    expect(() => chooseArchitecture(model, 'matting')).toThrow(
      /Found: input 'x' float32 \[1, 3, 64, 64\]; output 'y' float32 \[1, 10\]\. Expected:\n {2}u2net: input float32 \[1, 3, 320, 320\], output \[1, 1, 320, 320\]/,
    );
  });

  test('input and output at 1,024 px may be of three, of which one binds its users: none is taken for granted', () => {
    const model = signature(['input', [1, 3, 1024, 1024]], ['output', [1, 1, 1024, 1024]]);
    expect(() => chooseArchitecture(model, 'matting')).toThrow(
      'any of isnet, ben2, rmbg-1.4: say which with --architecture',
    );
    for (const id of ['isnet', 'isnet-anime', 'ben2', 'rmbg-1.4'] as const) {
      expect(chooseArchitecture(model, 'matting', id).id).toBe(id);
    }
  });

  test('what fits two alike asks which one it is', () => {
    const model = signature(
      ['pixel_values', [1, 3, 224, 224]],
      ['last_hidden_state', [1, 50, 768]],
      ['pooler_output', [1, 768]],
    );
    expect(() => chooseArchitecture(model, 'embedding')).toThrow(
      'any of dinov2, siglip: say which with --architecture',
    );
    expect(chooseArchitecture(model, 'embedding', 'siglip').id).toBe('siglip');
  });

  test('half precision fits like single', () => {
    const { inputs, outputs } = signature(['input.1', [1, 3, 320, 320]], ['y', [1, 1, 320, 320]]);
    const half = (facts: typeof inputs) => facts.map((one) => ({ ...one, type: 'float16' }));
    expect(chooseArchitecture({ inputs: half(inputs), outputs: half(outputs) }, 'matting').id).toBe('u2net');
  });

  test('two inputs, or one that is not of floats, fit nothing', () => {
    const [input] = signature(['input.1', [1, 3, 320, 320]]).inputs;
    const outputs = signature(['', []], ['y', [1, 1, 320, 320]]).outputs;
    const twice = { inputs: [input as never, input as never], outputs };
    const bytes = { inputs: [{ ...(input as never as { name: string; shape: Sides }), type: 'uint8' }], outputs };
    for (const model of [twice, bytes]) expect(() => chooseArchitecture(model, 'matting')).toThrow('fits no known');
  });
});

describe('by name', () => {
  test('a named one must fit, and open sides are then enough', () => {
    const open = signature(['any', [null, 3, null, null]], ['other', [null, 1, null, null]]);
    expect(() => chooseArchitecture(open, 'matting')).toThrow(
      'any of u2net, isnet, isnet-anime: say which with --architecture',
    );
    expect(chooseArchitecture(open, 'matting', 'u2net').id).toBe('u2net');
    expect(() => chooseArchitecture(open, 'matting', 'birefnet')).toThrow("birefnet: input 'input_image' float32");
  });

  test('an unknown one, one of another task and a refused one are told apart', () => {
    const model = yunet();
    expect(() => chooseArchitecture(model, 'faces', 'nothing')).toThrow(
      "'nothing' is not known; for faces there are yunet",
    );
    expect(() => chooseArchitecture(model, 'matting', 'yunet')).toThrow(
      "'yunet' is not known; for matting there are u2net",
    );
    expect(() => chooseArchitecture(model, 'faces', 'yolov8-face')).toThrow(
      "'yolov8-face' is not supported: YOLOv8 and",
    );
  });
});

test('no architecture that is taken without a question has a licence that binds its users, and each names its source', () => {
  const permissive = /^(MIT|Apache-2\.0)/;
  for (const one of architectures) {
    expect(one.source).toMatch(/^https:\/\//);
    expect(permissive.test(one.licence)).toBe(one.binds === undefined);
    expect(Object.keys(refusedModels)).not.toContain(one.id);
  }
  expect(new Set(architectures.map((one) => one.id)).size).toBe(architectures.length);
});

test('the guide tells every architecture with its licence, and every refused model', () => {
  const guide = readFileSync(new URL('../../../../docs/guides/models.md', import.meta.url), 'utf8');
  for (const { id, title, task, licence, binds } of architectures) {
    const bound = binds === undefined ? ' |' : ': non-commercial, only with `--accept-licence` |';
    expect(guide).toContain(`| \`${id}\` | ${title} | ${task} | ${licence}${bound}\n`);
  }
  for (const { name, licence, url } of knownModels) expect(guide).toContain(`| \`${name}\` | ${licence} | ${url} |`);
  for (const id of Object.keys(refusedModels)) expect(guide).toContain(`\`${id}\``);
});

test('each known file is of an architecture of its task that asks for no licence, and is called like no other', () => {
  for (const { architecture, task, sha256, url, name } of knownModels) {
    const found = architectures.find(({ id }) => id === architecture);
    expect([found?.task, found?.binds], name).toEqual([task, undefined]);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(url).toMatch(/^https:\/\/.*\.onnx$/);
  }
  expect(new Set(knownModels.map(({ name }) => name)).size).toBe(knownModels.length);
  expect(new Set(knownModels.map(({ sha256 }) => sha256)).size).toBe(knownModels.length);
});
