import type { Guide, GuideTitle } from '../../guides-plugin.ts';

const titles = import.meta.glob<{ guide: GuideTitle }>(['../../../docs/guides/*.md', '../../../docs/errors.md'], {
  eager: true,
  query: '?title',
});
// Each a file of its own: all of them together are a fifth of what a page may load, and grow.
const bodies = import.meta.glob<{ guide: Guide }>(['../../../docs/guides/*.md', '../../../docs/errors.md']);

/** What one reads first. */
const first = ['getting-started', 'console', 'library', 'videos', 'callbacks', 'events', 'keys'];

/** All guides, those that are read first in front, the rest by their titles. */
export const guides: readonly GuideTitle[] = Object.values(titles)
  .map(({ guide }) => guide)
  .sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title));

/** One guide with its text. */
export async function loadGuide(id: string): Promise<Guide> {
  const load = Object.entries(bodies).find(([path]) => path.endsWith(`/${id}.md`))?.[1];
  if (load === undefined) throw new Error('There is no guide of this name.');
  return (await load()).guide;
}

/** All of them, to search in. */
export async function loadGuides(): Promise<Guide[]> {
  return await Promise.all(guides.map(({ id }) => loadGuide(id)));
}

/** A guide that holds all words, and the sentence around the first of them. */
export interface Found {
  guide: Guide;
  around: string;
}

/** Guides that hold every word of the query, those that have one in their title in front. */
export function searchGuides(all: readonly Guide[], query: string): Found[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return all
    .filter((guide) => words.every((word) => `${guide.title} ${guide.text}`.toLowerCase().includes(word)))
    .map((guide) => {
      const at = Math.max(0, guide.text.toLowerCase().indexOf(words[0] ?? ''));
      return { guide, around: `…${guide.text.slice(Math.max(0, at - 50), at + 90)}…` };
    })
    .sort((a, b) => Number(hasInTitle(b.guide, words)) - Number(hasInTitle(a.guide, words)));
}

function rank({ id }: GuideTitle): number {
  const at = first.indexOf(id);
  return at === -1 ? first.length : at;
}

const hasInTitle = ({ title }: GuideTitle, words: readonly string[]) =>
  words.some((word) => title.toLowerCase().includes(word));
