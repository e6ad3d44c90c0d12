import type { Guide } from '../../guides-plugin.ts';

const modules = import.meta.glob<{ guide: Guide }>(['../../../docs/guides/*.md', '../../../docs/errors.md'], {
  eager: true,
});

/** What one reads first. */
const first = ['getting-started', 'console', 'library', 'videos', 'callbacks', 'events', 'keys'];

/** All guides, those that are read first in front, the rest by their titles. */
export const guides: readonly Guide[] = Object.values(modules)
  .map(({ guide }) => guide)
  .sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title));

/** A guide that holds all words, and the sentence around the first of them. */
export interface Found {
  guide: Guide;
  around: string;
}

/** Guides that hold every word of the query, those that have one in their title in front. */
export function searchGuides(query: string): Found[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return guides
    .filter((guide) => words.every((word) => `${guide.title} ${guide.text}`.toLowerCase().includes(word)))
    .map((guide) => {
      const at = Math.max(0, guide.text.toLowerCase().indexOf(words[0] ?? ''));
      return { guide, around: `…${guide.text.slice(Math.max(0, at - 50), at + 90)}…` };
    })
    .sort((a, b) => Number(hasInTitle(b.guide, words)) - Number(hasInTitle(a.guide, words)));
}

function rank({ id }: Guide): number {
  const at = first.indexOf(id);
  return at === -1 ? first.length : at;
}

const hasInTitle = ({ title }: Guide, words: readonly string[]) =>
  words.some((word) => title.toLowerCase().includes(word));
