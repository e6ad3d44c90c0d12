import { describe, expect, test } from 'vitest';
import type { ElementManifest, QualityFinding } from '../media/index.ts';
import { summarizeManifest, summaryBytesMax } from './summarize-manifest.ts';

const param = 'model_params.element_image_list.refer_images[2].image_url';
const sha256 = '0'.repeat(64);

function manifestOf(own: Partial<Record<keyof ElementManifest, unknown>>): ElementManifest {
  return {
    manifest_version: 1,
    engine: { name: 'local', version: '2' },
    reference_type: 'image_refer',
    frontal_image: 'frontal.jpg',
    files: [],
    sources: [],
    colors: [{ hex: '#c81e1e', share: 0.6 }],
    placeholder_hash: '3OcRJYB4d3h/iIeHeEh3eIhw+j2w',
    report: [],
    ...own,
  } as ElementManifest;
}

const fileOf = (role: string, name: string, own = {}) => ({
  name,
  role,
  media_type: 'x',
  bytes: 1,
  sha256,
  source: 0,
  ...own,
});

const warning = (at: number): QualityFinding => ({
  code: 'other_subject',
  level: 'warning',
  file: `refer-${at}.jpg`,
  value: 0.1,
  limit: 0.3,
  message: `${param} may show another subject than the frontal picture: 0.10`,
});

describe('the compact part', () => {
  test('of pictures: one line a source, warnings without the praise, file names by role', () => {
    const facts = (matte_confidence: number, same_subject: number | null) => ({
      facts: { kind: 'image', matte_confidence, same_subject },
    });
    const good = { ...warning(1), level: 'good' };
    const summary = summarizeManifest(
      manifestOf({
        sources: [
          { role: 'frontal_image', param, ...facts(0.9, null) },
          { role: 'refer_image', param, ...facts(0.8, 0.1) },
        ],
        files: [fileOf('upright', 'frontal.jpg'), fileOf('upright', 'refer-1.jpg'), fileOf('sheet', 'sheet.webp')],
        report: [good, warning(1)],
      }),
    );
    const { level, ...rest } = warning(1);
    expect(summary).toEqual({
      frontal_image: 'frontal.jpg',
      colors: [{ hex: '#c81e1e', share: 0.6 }],
      placeholder_hash: '3OcRJYB4d3h/iIeHeEh3eIhw+j2w',
      sources: [
        { role: 'frontal_image', matte_confidence: 0.9, same_subject: null },
        { role: 'refer_image', matte_confidence: 0.8, same_subject: 0.1 },
      ],
      warnings: [rest],
      warning_count: 1,
      scene_count: null,
      voice: null,
      files: { upright: ['frontal.jpg', 'refer-1.jpg'], sheet: ['sheet.webp'] },
    });
  });

  test('of a clip: its scenes, its voice, and the least score of its frames', () => {
    const facts = {
      kind: 'clip',
      scenes: [{}, {}],
      frames: [
        { matte_confidence: 0.6, same_subject: null },
        { matte_confidence: 0.5, same_subject: 0.7 },
        { matte_confidence: 0.4, same_subject: 0.2 },
      ],
      sound: { loudness_dbfs: -21.5, speech: { likely: true } },
    };
    const voice = fileOf('voice', 'voice.wav', { duration_seconds: 4.5 });
    const summary = summarizeManifest(manifestOf({ sources: [{ role: 'refer_video', param, facts }], files: [voice] }));
    expect(summary).toMatchObject({
      sources: [{ role: 'refer_video', matte_confidence: 0.6, same_subject: 0.2 }],
      scene_count: 2,
      voice: { duration_seconds: 4.5, loudness_dbfs: -21.5, speech_likely: true },
      files: { voice: ['voice.wav'] },
    });
    expect(summarizeManifest(manifestOf({ sources: [{ role: 'refer_video', param, facts }] })).voice).toBeNull();
  });

  test('stays within 4 kB however many warnings there are, and tells how many', () => {
    const summary = summarizeManifest(manifestOf({ report: Array.from({ length: 60 }, (_, at) => warning(at)) }));
    const bytes = Buffer.byteLength(JSON.stringify(summary));
    expect(bytes).toBeLessThanOrEqual(summaryBytesMax);
    expect(bytes).toBeGreaterThan(summaryBytesMax - 300);
    expect(summary.warning_count).toBe(60);
    expect(summary.warnings[0]?.file).toBe('refer-0.jpg');
  });
});
