import { expect, test } from 'vitest';
import type { SubjectFacts } from '../schema.ts';
import { countDifferentBits } from './appearance/perceptual-hash.ts';
import { type ReportSource, reportQuality } from './report-quality.ts';

const subject: SubjectFacts = {
  share: 0.3,
  left: 0.2,
  top: 0.2,
  right: 0.8,
  bottom: 0.9,
  centre_x: 0.5,
  centre_y: 0.55,
  touches: [],
  sharpness: 300,
  brightness: 0.5,
  dark_share: 0,
  bright_share: 0,
};
const frontal: ReportSource = {
  source: 'frontal_image',
  width: 1200,
  height: 1200,
  subject,
  exposure: { mean_luma: 0.5 },
  visible_share: 1,
  matte_confidence: 0.9,
  same_subject: null,
  view_difference: null,
  perceptual_hash: '0000000000000000',
};
const side: ReportSource = {
  ...frontal,
  source: 'refer_images[0]',
  same_subject: 0.8,
  view_difference: 0.5,
  perceptual_hash: 'ffff0000ffff0000',
};
const report = (...sources: ReportSource[]) => reportQuality(sources, countDifferentBits);
const warnings = (...sources: ReportSource[]) =>
  report(...sources)
    .filter((one) => one.level === 'warning')
    .map((one) => one.code);

test('sound pictures of one subject give no warning, and what is good is said with its value', () => {
  expect(report(frontal, side)).toMatchObject([
    { code: 'views_alike', level: 'good', value: 0.5 },
    { code: 'all_same_subject', level: 'good', value: 0.8 },
  ]);
});

test('unsure cut-outs are never said to agree: their surroundings may be what does', () => {
  expect(report(frontal, { ...side, matte_confidence: 0.6 }).map(({ code }) => code)).not.toContain('all_same_subject');
});

test.each([
  ['matte_unsure', { matte_confidence: 0.4 }],
  ['no_subject', { subject: null, same_subject: null, view_difference: null, matte_confidence: 0 }],
  ['blurred', { subject: { ...subject, sharpness: 8 } }],
  ['subject_small', { subject: { ...subject, share: 0.01 } }],
  ['subject_cut_off', { subject: { ...subject, touches: ['left', 'bottom'] as const } }],
  ['too_dark', { subject: { ...subject, brightness: 0.05 } }],
  ['too_bright', { subject: { ...subject, brightness: 0.97 } }],
  ['other_subject', { same_subject: 0.1 }],
  ['near_duplicate', { perceptual_hash: '0000000000000007' }],
  ['views_alike', { view_difference: 0.05 }],
  ['picture_small', { height: 310 }],
] as const)('%s is warned about, alone, with measured value, limit and what to do', (code, change) => {
  const second = { ...side, ...change } as ReportSource;
  expect(warnings(frontal, second)).toEqual([code]);
  const finding = report(frontal, second).find((one) => one.code === code);
  expect(Number.isFinite(finding?.value) && Number.isFinite(finding?.limit)).toBe(true);
  expect(finding?.message).toMatch(/better|replace it|mend it|its whole picture is kept/);
});

test.each([
  ['too_dark', 0.04, 'dark: picture at 4 % brightness, better with more light'],
  ['too_bright', 1, 'bright: picture at 100 % brightness, better with less light'],
] as const)('%s is said of the whole picture where no subject was found', (code, mean_luma, words) => {
  const dark = { ...frontal, subject: null, matte_confidence: 0, exposure: { mean_luma } };
  expect(warnings(dark)).toEqual(['no_subject', code]);
  expect(report(dark)[1]?.message).toBe(`frontal_image is ${words}`);
  expect(warnings({ ...frontal, exposure: { mean_luma } })).toEqual([]);
});

test('of a picture that is transparent throughout nothing else is said', () => {
  const unseen = { ...frontal, subject: null, matte_confidence: 0, exposure: { mean_luma: 1 }, visible_share: 0 };
  expect(warnings(unseen)).toEqual(['nothing_visible']);
});

test('of a picture without a score the report says why: no subject in it, nothing to see in it, or none in the frontal one', () => {
  const none = { subject: null, matte_confidence: 0, same_subject: null, view_difference: null };
  const why = (...sources: ReportSource[]) =>
    report(...sources)
      .filter(({ code }) => ['no_subject', 'nothing_visible', 'not_compared'].includes(code))
      .map(({ code, source }) => `${source} ${code}`);
  expect(why(frontal, { ...side, ...none })).toEqual(['refer_images[0] no_subject']);
  expect(why(frontal, { ...side, ...none, visible_share: 0 })).toEqual(['refer_images[0] nothing_visible']);
  const uncompared = { ...side, same_subject: null, view_difference: null };
  const expected = 'refer_images[0] not_compared';
  expect(why({ ...frontal, ...none }, uncompared)).toEqual(['frontal_image no_subject', expected]);
  expect(why({ ...frontal, ...none, visible_share: 0 }, uncompared)).toEqual([
    'frontal_image nothing_visible',
    expected,
  ]);
  expect(why(frontal, side)).toEqual([]);
});

test.each([
  ['a cut-out is unsure', { matte_confidence: 0.6 }],
  ['the frontal one shows no subject', { same_subject: null }],
  ['one may show another subject', { same_subject: 0.2 }],
] as const)('that views differ is no praise while nobody knows whether they show one subject: %s', (_, change) => {
  const codes = report(frontal, side, { ...side, source: 'refer_images[1]', ...change })
    .filter(({ level }) => level === 'good')
    .map(({ code }) => code);
  expect(codes).toEqual([]);
});

test('the sentence names the picture and the measured value', () => {
  const finding = report(frontal, { ...side, same_subject: 0.29 }).find((one) => one.code === 'other_subject');
  expect(finding?.message).toBe(
    'refer_images[0] may show another subject than the frontal picture: 0.29; replace it if it is of something else',
  );
});

test('one picture alone is reported without anything about other views', () => {
  expect(report(frontal)).toEqual([]);
});

test('an unsure cut-out comes with what helps', () => {
  const finding = report({ ...frontal, matte_confidence: 0.4 }).find(({ code }) => code === 'matte_unsure');
  expect(finding?.message).toMatch(/confidence 0\.40; .*mend it.* plainer ground.* alpha of its own$/);
});
