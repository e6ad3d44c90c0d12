import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listMutations, type SchemaNode } from '../../../test/helpers/generate-from-schema.ts';
import { checkVideo, generateVideoBody } from '../../../test/helpers/video-requests.ts';
import { AppError } from '../../lib/errors.ts';
import { listModels, type Model } from '../index.ts';

const models = listModels().filter(({ id, type }) => type === 'video' && id !== 'kling-custom-element');
const byId = models.map((model) => [model.id, model] as const);

/** What each model must have told apart, whatever it calls its fields. */
function expectSound(model: Model, body: Record<string, unknown>): void {
  const { request } = checkVideo(body);
  const roles = request.sources.map(({ role }) => role);
  const order = ['image_start', 'image_end', 'reference_image', 'reference_video'];
  expect(roles).toEqual(roles.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
  expect('keep_original_sound' in request).toBe(model.clipRules !== undefined);
  expect(roles.includes('reference_video')).toBe(model.clipRules !== undefined);
  expect('duration_seconds' in request).toBe(!/edit|motion/.test(model.id));
  if (request.shots.length > 0) {
    expect(request.shots.reduce((sum, shot) => sum + shot.duration_seconds, 0)).toBe(request.duration_seconds);
    expect(request.prompt).toBe('');
  }
  const follows = roles.includes('image_start') || roles.includes('reference_video');
  expect(request.aspect_ratio !== undefined || follows).toBe(true);
}

describe.each(byId)('%s', (id, model) => {
  test('every request that the schema and the rules between fields allow is accepted', () => {
    fc.assert(
      fc.property(generateVideoBody(model), (body) => expectSound(model, body)),
      { numRuns: 300 },
    );
  });

  test('one mistake in a good request is refused naming the very field', () => {
    const schema = model.requestSchema as SchemaNode;
    fc.assert(
      fc.property(generateVideoBody(model), fc.nat(), (body, choice) => {
        const mutations = listMutations(schema, body).filter((mutation) => isMistake(mutation.param, mutation.label));
        const mutation = mutations[choice % mutations.length];
        if (mutation === undefined) throw new Error('no mutation');
        const changed = mutation.apply() as { model?: unknown };
        const error = refuse(model, changed, mutation);
        const param = mutation.param === '' ? 'body' : mutation.param;
        expect(error.message.startsWith(`${param}: `), `${mutation.label}: ${error.message}`).toBe(true);
        expect(error.param).toBe(param);
        expect([error.code, error.status]).toEqual(['invalid_request', 400]);
      }),
      { numRuns: 500 },
    );
  });

  test('any JSON value in any place is answered or refused with a param, never anything else', () => {
    const { properties = {} } = model.requestSchema as SchemaNode;
    const params = Object.keys(properties.model_params?.properties ?? {});
    const fields = [...Object.keys(properties), 'image_start', 'image_urls', 'video_url', 'element_list'];
    const garbage = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('5', 5, -1, 2 ** 60, '<<<element_1>>>', true, 'customize', [{}], [null], [{ element_id: 1 }]),
    );
    const bodies = fc
      .tuple(
        generateVideoBody(model),
        fc.dictionary(fc.constantFrom(...fields), garbage, { maxKeys: 2 }),
        fc.dictionary(fc.constantFrom('watermark_info', ...params), garbage, { maxKeys: 2 }),
      )
      .map(([body, extra, more]) => {
        const own = body.model_params as object | undefined;
        const sent = { ...body, model_params: { ...own, ...more }, ...extra, model: id };
        return JSON.parse(JSON.stringify(sent));
      });
    fc.assert(
      fc.property(bodies, (body) => {
        try {
          checkVideo(body);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect((error as AppError).param).toBeTruthy();
          expect((error as AppError).message.length).toBeLessThan(500);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** Checked by its own model whatever `model` it names, as `chooseModel` would refuse that before. */
function refuse(model: Model, body: unknown, mutation: { param: string; label: string }): AppError {
  try {
    model.checkRequest(body, { checkMediaUrl: (text) => ({ ok: true, url: new URL(text) }) });
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error(`accepted: ${mutation.param} ${mutation.label}`);
}

/** Not those that another form makes right: a number for a shot's seconds, a text for a list of texts, a blank prompt. */
function isMistake(param: string, label: string): boolean {
  if (/multi_prompt\[\d\]\.duration$/.test(param)) return label !== 'is 12';
  if (/^(negative_)?prompt$/.test(param)) return label !== 'is " "';
  if (/_urls$|model_params$|_info$/.test(param) && label === 'is ""') return false;
  return !(/_urls$/.test(param) && label === 'is "text"');
}
