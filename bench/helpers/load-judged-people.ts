import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RgbImage } from '../../src/media/raster/raster.ts';
import { loadPicture } from './load-truth-polygons.ts';

/** How a strict eye found a cut-out: good is the whole subject and at most trifles more or less. */
type Judgement = 'good' | 'partial' | 'bad';

/** A picture of a person whose cut-out was looked at. */
export interface JudgedPicture {
  readonly name: string;
  /** Where it was published, with others of like kind: left out of a fit together. */
  readonly collection: string;
  readonly judged: Judgement;
  readonly image: RgbImage;
}

interface Entry {
  collection: string;
  /** In the folder of media. */
  media?: string;
  /** `<owner>/<repository>/<path>` of a public repository. */
  checkout?: string;
  judged: Judgement;
}

/**
 * The pictures of `bench/truth/people-by-eye.json` that are there: in the folder of media, and in a folder that holds checkouts of the
 * public repositories named there, as `<owner>/<repository>`. Judgements are of November 2026; a change of the cut itself outdates them.
 */
export async function loadJudgedPeople(media: string, checkouts: string): Promise<JudgedPicture[]> {
  const list = JSON.parse(await readFile(join(import.meta.dirname, '../truth/people-by-eye.json'), 'utf8')) as Entry[];
  const found: JudgedPicture[] = [];
  for (const { collection, judged, ...entry } of list) {
    const name = entry.media ?? entry.checkout ?? '';
    const path = join(entry.media === undefined ? checkouts : media, name);
    if (existsSync(path)) found.push({ name, collection, judged, image: await loadPicture(path) });
  }
  return found;
}
