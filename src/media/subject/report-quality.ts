import type { SubjectFacts } from '../schema.ts';

/** What the report is drawn from, one entry per picture, the frontal one first. */
export interface ReportSource {
  /** How the maker named it: `frontal_image`, `refer_images[0]`, `frame 3.2 s`. */
  readonly source: string;
  readonly width: number;
  readonly height: number;
  readonly subject: SubjectFacts | null;
  /** Mean luma of the whole picture, 0…1. */
  readonly exposure: { readonly mean_luma: number };
  /** Share of the pixels that are not transparent, 0…1; 1 without an alpha channel. */
  readonly visible_share: number;
  /** Confidence of the matte, 0…1. */
  readonly matte_confidence: number;
  /** Score against the frontal picture, 0…1; null for the frontal one itself. */
  readonly same_subject: number | null;
  /** Of a person whose face was compared: with which picture's, and the chance 0…1 that both are of one person. */
  readonly person?: { readonly than: string; readonly score: number } | undefined;
  /** Difference of view from the nearest earlier picture, 0…1; null for the first. */
  readonly view_difference: number | null;
  /** Perceptual hash, 16 hexadecimal digits. */
  readonly perceptual_hash: string;
}

export interface Finding {
  readonly code: keyof typeof rules;
  readonly level: 'good' | 'warning';
  /** The picture it is about; absent for the whole element. */
  readonly source?: string;
  /** What was measured, and the limit it was held against, in the unit that `message` names. */
  readonly value: number;
  readonly limit: number;
  readonly message: string;
}

/**
 * The limits, each with where it comes from. Scores warn only: none of them refuses an element.
 */
export const rules = {
  /** Of 291 held cuts the 139 from here up had a mean IoU of 0.97, 99 % of them 0.85 or more; those below 0.83 (bench/matte.ts). */
  matte_unsure: 0.7,
  /** 13 % of the pairs of one subject score below, 94 % of those of other kinds and 83 % of the same kind (bench/same-subject.ts). */
  other_subject: 0.4,
  /** Even odds less a doubt, a distance of 0.6: of 104 pairs of one person none is further apart, of 3,217 others two are nearer (bench/same-person.ts). */
  different_person: 0.4,
  /** Variance of the Laplacian inside the subject at 512 px: least of the sample photos 34; after a 2 px blur 95 of 100 lie below 26. */
  blurred: 30,
  subject_small: 0.04,
  subject_cut_off: 2,
  /** Of the subject's brightness where its cut-out is sure, else of the whole picture's. */
  too_dark: 0.12,
  too_bright: 0.9,
  near_duplicate: 8,
  views_alike: 0.25,
  picture_small: 512,
  /** A thousandth of 512 × 512 is a dot of 16 × 16. */
  nothing_visible: 0.001,
  /** Subjects in the picture. None is found in plain colors, gradients, walls, skies or noise; in each of 133 photos and drawings one is. */
  no_subject: 1,
  /** Subjects in the frontal picture. */
  not_compared: 1,
  all_same_subject: 0.4,
} as const;

/** Findings in the order of the pictures, then those about the whole; equal facts give an equal report. */
export function reportQuality(
  sources: readonly ReportSource[],
  hashBits: (one: string, other: string) => number,
): Finding[] {
  return [
    ...sources.flatMap(reportSource),
    ...reportUncompared(sources),
    ...reportDuplicates(sources, hashBits),
    ...reportViews(sources),
    ...reportAgreement(sources),
  ];
}

function reportSource(one: ReportSource): Finding[] {
  const findings: Finding[] = [];
  const warn = (code: Finding['code'], value: number, message: string) => {
    findings.push({
      code,
      level: 'warning',
      source: one.source,
      value,
      limit: rules[code],
      message: `${one.source} ${message}`,
    });
  };
  if (one.visible_share < rules.nothing_visible) {
    warn('nothing_visible', one.visible_share, 'shows nothing: it is transparent throughout');
    return findings;
  }
  const { subject } = one;
  const isSure = subject !== null && one.matte_confidence >= rules.matte_unsure;
  const shortSide = Math.min(one.width, one.height);
  if (shortSide < rules.picture_small) {
    warn(
      'picture_small',
      shortSide,
      `is small: ${shortSide} px on its shorter side, better ${rules.picture_small} px or more`,
    );
  }
  if (subject === null) {
    warn('no_subject', 0, 'shows no subject that could be found: its whole picture is kept, compared with no other');
  } else if (!isSure) {
    warn(
      'matte_unsure',
      one.matte_confidence,
      `has no sure cut-out: confidence ${one.matte_confidence.toFixed(2)}; its whole picture is kept; mend it, or send one on a plainer ground or with an alpha of its own`,
    );
  }
  const brightness = isSure ? subject.brightness : one.exposure.mean_luma;
  const measured = `${isSure ? 'subject' : 'picture'} at ${(brightness * 100).toFixed(0)} % brightness`;
  if (brightness < rules.too_dark) warn('too_dark', brightness, `is dark: ${measured}, better with more light`);
  if (brightness > rules.too_bright) warn('too_bright', brightness, `is bright: ${measured}, better with less light`);
  if (one.person !== undefined && one.person.score < rules.different_person) {
    const { than, score } = one.person;
    warn(
      'different_person',
      score,
      `may show another person than ${than}: ${score.toFixed(2)}; replace it by a picture of the same person, or make an element of each`,
    );
  }
  if (!subject) return findings;
  if (subject.sharpness < rules.blurred)
    warn('blurred', subject.sharpness, `is blurred: sharpness ${subject.sharpness}, better ${rules.blurred} or more`);
  if (subject.share < rules.subject_small) {
    warn(
      'subject_small',
      subject.share,
      `shows the subject small: ${(subject.share * 100).toFixed(1)} % of the picture, better from nearer`,
    );
  }
  if (subject.touches.length >= rules.subject_cut_off) {
    warn(
      'subject_cut_off',
      subject.touches.length,
      `may cut the subject off: it touches ${subject.touches.join(' and ')}, better with room around it`,
    );
  }
  if (one.person === undefined && one.same_subject !== null && one.same_subject < rules.other_subject) {
    warn(
      'other_subject',
      one.same_subject,
      `may show another subject than the frontal picture: ${one.same_subject.toFixed(2)}; replace it if it is of something else`,
    );
  }
  return findings;
}

function reportDuplicates(
  sources: readonly ReportSource[],
  hashBits: (one: string, other: string) => number,
): Finding[] {
  return sources.flatMap((one, index) =>
    sources.slice(index + 1).flatMap((other): Finding[] => {
      const bits = hashBits(one.perceptual_hash, other.perceptual_hash);
      if (bits > rules.near_duplicate) return [];
      const message = `${other.source} is nearly the same picture as ${one.source}: ${bits} of 64 hash bits differ; better another side`;
      return [
        {
          code: 'near_duplicate',
          level: 'warning',
          source: other.source,
          value: bits,
          limit: rules.near_duplicate,
          message,
        },
      ];
    }),
  );
}

/** Why a picture with a subject has no score: the frontal one has none. One without a subject has a finding that says so. */
function reportUncompared([frontal, ...others]: readonly ReportSource[]): Finding[] {
  if (frontal === undefined || frontal.subject !== null) return [];
  return others
    .filter((one) => one.subject !== null && one.same_subject === null)
    .map(({ source }) => ({
      code: 'not_compared',
      level: 'warning',
      source,
      value: 0,
      limit: rules.not_compared,
      message: `${source} could not be compared with ${frontal.source}, which shows no subject that could be found`,
    }));
}

/** That views differ is good only of one subject: views of two differ as well. */
function reportViews(sources: readonly ReportSource[]): Finding[] {
  const differences = sources.flatMap((one) => (one.view_difference === null ? [] : [one.view_difference]));
  if (differences.length === 0) return [];
  const most = Math.max(...differences);
  const enough = most >= rules.views_alike;
  if (enough && findLeastAgreement(sources) === null) return [];
  const message = enough
    ? `the views differ: up to ${most.toFixed(2)} from one another`
    : `no other side is shown: the views differ by ${most.toFixed(2)} at most, better ${rules.views_alike} or more`;
  return [{ code: 'views_alike', level: enough ? 'good' : 'warning', value: most, limit: rules.views_alike, message }];
}

function reportAgreement(sources: readonly ReportSource[]): Finding[] {
  const least = findLeastAgreement(sources);
  if (least === null) return [];
  return [
    {
      code: 'all_same_subject',
      level: 'good',
      value: least,
      limit: rules.all_same_subject,
      message: `all pictures agree with the frontal one: ${least.toFixed(2)} or more`,
    },
  ];
}

/**
 * The least score where it is known that all pictures show one subject, else null. Known only with sure cut-outs: with
 * others it may be the surroundings that agree, as in the frames of one clip.
 */
function findLeastAgreement(sources: readonly ReportSource[]): number | null {
  if (sources.some((one) => one.matte_confidence < rules.matte_unsure)) return null;
  const scores = sources.slice(1).map((one) => one.same_subject ?? 0);
  const least = Math.min(...scores);
  return scores.length === 0 || least < rules.all_same_subject ? null : least;
}
