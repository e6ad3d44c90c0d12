import { describe, expect, test } from 'vitest';
import { checkMediaUrl } from '../../../test/helpers/element-requests.ts';
import { castOf, checkVideo, videoBodyOf } from '../../../test/helpers/video-requests.ts';
import { type CastKind, chooseClipRules, getModel, listModels } from '../index.ts';

const param = (index: number) => `model_params.element_list[${index}].element_id`;

function checkCast(model: string, kinds: readonly CastKind['reference_type'][]): void {
  const { request } = checkVideo(videoBodyOf(model, {}, { element_list: castOf(kinds.length) }));
  const cast = kinds.map((reference_type, index) => ({ reference_type, param: param(index) }));
  getModel(model).checkCast?.(request, cast);
}

describe('the kinds of the elements named', () => {
  test.each(['kling-o3-text-to-video', 'kling-o3-image-to-video', 'kling-v3-image-to-video'])(
    '%s takes both',
    (model) => {
      expect(() => checkCast(model, ['image_refer', 'video_refer', 'video_refer'])).not.toThrow();
    },
  );

  test.each(['kling-o3-reference-to-video', 'kling-o3-video-edit'])(
    '%s takes elements made from images, or one made from a video alone',
    (model) => {
      expect(() => checkCast(model, ['video_refer'])).not.toThrow();
      expect(() => checkCast(model, ['image_refer', 'image_refer'])).not.toThrow();
      expect(() => checkCast(model, ['image_refer', 'video_refer'])).toThrow(
        expect.objectContaining({
          status: 400,
          code: 'invalid_request',
          param: param(1),
          message: `${param(1)}: was made with video_refer, ${model} takes elements made with image_refer only`,
        }),
      );
    },
  );

  test('kling-v3-motion-control takes elements made from a video only', () => {
    expect(() => checkCast('kling-v3-motion-control', ['video_refer'])).not.toThrow();
    expect(() => checkCast('kling-v3-motion-control', ['image_refer'])).toThrow(
      expect.objectContaining({
        param: param(0),
        message: `${param(0)}: was made with image_refer, kling-v3-motion-control takes elements made with video_refer only`,
      }),
    );
  });
});

describe('the rules of the video given', () => {
  test('a model has them exactly when it takes a video', () => {
    for (const model of listModels().filter(({ id, type }) => type === 'video' && id !== 'kling-custom-element')) {
      const { request } = model.checkRequest(videoBodyOf(model.id), { checkMediaUrl });
      const takesVideo = request.sources.some(({ role }) => role === 'reference_video');
      expect(model.clipRules !== undefined, model.id).toBe(takesVideo);
      expect(chooseClipRules(model, {}) !== undefined, model.id).toBe(takesVideo);
    }
  });

  test('a character that faces like the image follows at most 10 s, one that faces like the video 30 s', () => {
    const model = getModel('kling-v3-motion-control');
    const limits = { durationMinSeconds: 3, widthMinPx: 340, heightMaxPx: 3850, bytesMax: 104_857_600 };
    expect(chooseClipRules(model, { character_orientation: 'image' })).toMatchObject({
      ...limits,
      durationMaxSeconds: 10,
    });
    expect(chooseClipRules(model, { character_orientation: 'video' })).toMatchObject({
      ...limits,
      durationMaxSeconds: 30,
    });
  });

  test('an edit keeps the length of its input, so that it may not be longer than what can be made', () => {
    const rules = {
      formats: ['mp4', 'mov'],
      bytesMax: 209_715_200,
      durationMinSeconds: 3,
      frameRateMin: 24,
      widthMaxPx: 2160,
    };
    expect(chooseClipRules(getModel('kling-o3-video-edit'), {})).toMatchObject({ ...rules, durationMaxSeconds: 10 });
    const follow = chooseClipRules(getModel('kling-o3-reference-to-video'), {});
    expect(follow).toMatchObject(rules);
    expect(follow).not.toHaveProperty('durationMaxSeconds');
  });
});
