import type { ImageHeader, QualityFinding } from '../schema.ts';

/** A source with its facts, and the file that was made of it, where one was. */
interface Reported {
  param: string;
  facts: { kind: string } & Partial<Pick<ImageHeader, 'pictures'>>;
  file?: string;
}

/** A warning for each source that held more pictures than the one that was taken. */
export function reportFirstOnly(sources: readonly Reported[]): QualityFinding[] {
  return sources.flatMap(({ param, facts, file = null }) => {
    const { pictures = 1 } = facts;
    if (pictures === 1) return [];
    const message = `${param} is a file of several pictures (${pictures} or more): only the first is used`;
    return [{ code: 'first_of_several', level: 'warning', file, value: pictures, limit: 1, message }];
  });
}
