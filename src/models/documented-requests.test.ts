import { describe, expect, test } from 'vitest';
import { castOf, checkVideo } from '../../test/helpers/video-requests.ts';

const url = (name: string) => `https://example.com/${name}`;
const shots = (first: string, second: string) => ({
  multi_shot: true,
  shot_type: 'customize',
  multi_prompt: [
    { index: 1, prompt: first, duration: '5' },
    { index: 2, prompt: second, duration: '5' },
  ],
});
const cast = { element_list: castOf(1) };
const wide = { aspect_ratio: '16:9' };

/** Every sample of the contract's pages, field by field; only the texts are other ones. */
const samples: Record<string, Record<string, Record<string, unknown>>> = {
  'kling-o3-text-to-video': {
    basic: { prompt: 'A dog in the surf', duration: 5, ...wide, quality: '720p' },
    'with sound': { prompt: 'Rain on a tin roof', duration: 10, ...wide, quality: '1080p', sound: 'on' },
    'several shots': {
      duration: 10,
      ...wide,
      quality: '1080p',
      sound: 'on',
      model_params: shots('A climber at the top', 'The valley below'),
    },
    element: { prompt: '<<<element_1>>> at the sea', duration: 8, ...wide, quality: '1080p', model_params: cast },
  },
  'kling-o3-image-to-video': {
    'first frame': { prompt: 'He looks up', image_start: url('a.jpg'), duration: 5, quality: '720p' },
    'both frames': {
      prompt: 'Night falls',
      image_start: url('a.jpg'),
      image_end: url('b.jpg'),
      duration: 10,
      quality: '1080p',
      sound: 'on',
    },
    'reference and element': {
      prompt: '<<<element_1>>> in <<<image_1>>>',
      image_urls: [url('a.jpg')],
      duration: 8,
      ...wide,
      quality: '1080p',
      model_params: cast,
    },
    'several shots': {
      image_start: url('a.jpg'),
      image_urls: [url('b.jpg')],
      duration: 10,
      ...wide,
      quality: '1080p',
      model_params: shots('<<<image_1>>> on a bench', 'Then <<<image_2>>>'),
    },
  },
  'kling-o3-reference-to-video': {
    basic: { prompt: 'The same in snow', video_url: url('a.mp4'), duration: 5, ...wide, quality: '720p' },
    'without the original sound': {
      prompt: 'To the same beat',
      video_url: url('a.mp4'),
      duration: 10,
      aspect_ratio: '9:16',
      quality: '1080p',
      keep_original_sound: false,
    },
    'reference and element': {
      prompt: '<<<element_1>>> in this manner',
      video_url: url('a.mp4'),
      image_urls: [url('a.jpg')],
      duration: 8,
      quality: '1080p',
      model_params: cast,
    },
  },
  'kling-o3-video-edit': {
    basic: { prompt: 'Warmer', video_url: url('a.mp4'), quality: '720p', keep_original_sound: true },
    'without the original sound': {
      prompt: 'At night',
      video_url: url('a.mp4'),
      quality: '1080p',
      keep_original_sound: false,
    },
    style: {
      prompt: 'In these colors',
      video_url: url('a.mp4'),
      image_urls: [url('a.jpg')],
      quality: '1080p',
      keep_original_sound: true,
    },
    element: { prompt: 'With <<<element_1>>>', video_url: url('a.mp4'), quality: '1080p', model_params: cast },
  },
  'kling-v3-text-to-video': {
    basic: { prompt: 'A dog in the surf', duration: 5, ...wide, quality: '720p' },
    'with sound': { prompt: 'Rain on a tin roof', duration: 10, ...wide, quality: '1080p', sound: 'on' },
    'several shots': {
      duration: 10,
      ...wide,
      quality: '1080p',
      sound: 'on',
      model_params: shots('A climber at the top', 'The valley below'),
    },
    'negative prompt': { prompt: 'A lake', negative_prompt: 'people', duration: 5, ...wide, quality: '1080p' },
  },
  'kling-v3-image-to-video': {
    'first frame': { prompt: 'He looks up', image_start: url('a.jpg'), duration: 5, quality: '720p' },
    'both frames': {
      prompt: 'Night falls',
      image_start: url('a.jpg'),
      image_end: url('b.jpg'),
      duration: 10,
      quality: '1080p',
      sound: 'on',
    },
    element: {
      prompt: '<<<element_1>>> walks in',
      image_start: url('a.jpg'),
      duration: 8,
      quality: '1080p',
      model_params: cast,
    },
    'several shots': {
      image_start: url('a.jpg'),
      duration: 10,
      quality: '1080p',
      model_params: shots('He sits', 'The whole street'),
    },
  },
  'kling-v3-turbo-text-to-video': {
    basic: { prompt: 'A dog in the surf', duration: 5, ...wide, quality: '720p' },
  },
  'kling-v3-turbo-image-to-video': {
    'first frame': { prompt: 'He looks up', image_start: url('a.jpg'), duration: 15, quality: '1080p' },
  },
  'kling-o1-image-to-video': {
    'first frame': { prompt: 'A fox', image_urls: [url('a.jpg')], duration: 5 },
    'both frames': { prompt: 'A fox', image_urls: [url('a.jpg'), url('b.jpg')], ...wide, duration: 10 },
  },
  'kling-o1-video-edit': {
    basic: { prompt: 'At night', video_urls: [url('a.mp4')] },
    reference: {
      prompt: 'At night',
      video_urls: [url('a.mp4')],
      image_urls: [url('a.jpg')],
      keep_original_sound: false,
    },
  },
  'kling-o1-video-edit-fast': { basic: { prompt: 'At night', video_urls: [url('a.mp4')] } },
  'kling-v3-motion-control': {
    basic: {
      prompt: 'She dances',
      image_urls: [url('a.jpg')],
      video_urls: [url('a.mp4')],
      quality: '720p',
      model_params: { character_orientation: 'image' },
    },
    'without the original sound': {
      prompt: 'A machine boxes',
      image_urls: [url('a.png')],
      video_urls: [url('a.mp4')],
      quality: '1080p',
      model_params: { character_orientation: 'video', keep_sound: false },
    },
    element: {
      image_urls: [url('a.jpg')],
      video_urls: [url('a.mp4')],
      model_params: { character_orientation: 'video', ...cast },
    },
  },
};

describe.each(Object.entries(samples))('the samples of the page of %s are accepted whole', (model, bodies) => {
  test.each(Object.entries(bodies))('%s', (_, body) => {
    const { request, ignoredFields } = checkVideo({ model, ...body, callback_url: 'https://example.com/hook' });
    expect(ignoredFields).toEqual([]);
    expect(request.duration_seconds).toBe(body.duration);
    expect(request.sound).toBe(body.sound === 'on');
  });
});
