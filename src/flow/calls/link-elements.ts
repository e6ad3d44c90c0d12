import { type Element, findElements, listFilesOfElements } from '../../elements/index.ts';
import type { Context } from '../context.ts';

/** An element with links to what it was made of, which need no key. */
export interface LinkedElement {
  element: Element;
  /** Of a deleted one, and of one without pictures: none. */
  frontal_image: string | null;
  refer_images: string[];
  clip: string | null;
}

/** As long as those of the vendor whose form has such links (its page on results, 2026-09-20). */
const linkMs = 30 * 86_400_000;

/** Those of `ids` that the account has or had, by id. The links begin with `base`. */
export async function linkElements(
  { database: { db }, links, clock }: Pick<Context, 'database' | 'links' | 'clock'>,
  accountId: number,
  ids: readonly number[],
  base: string,
): Promise<ReadonlyMap<number, LinkedElement>> {
  if (ids.length === 0) return new Map();
  const [elements, files] = await Promise.all([findElements(db, accountId, ids), listFilesOfElements(db, ids)]);
  const until = new Date(clock.now().getTime() + linkMs);
  const link = (elementId: number, name: string | undefined) => {
    const file = files.find((one) => one.element_id === elementId && one.name === name);
    return file === undefined ? null : `${base}${links.sign(file.storage_key, until)}`;
  };
  const linked = elements.map((element): [number, LinkedElement] => {
    const { id, manifest, deleted_at } = element;
    if (deleted_at !== null) return [id, { element, frontal_image: null, refer_images: [], clip: null }];
    const uprights = manifest.files.filter(({ role }) => role === 'upright');
    const ofRole = (wanted: string) =>
      uprights
        .filter(({ source }) => source !== null && manifest.sources[source]?.role === wanted)
        .map(({ name }) => link(id, name))
        .filter((url) => url !== null);
    return [
      id,
      {
        element,
        frontal_image: ofRole('frontal_image')[0] ?? link(id, manifest.frontal_image ?? undefined),
        refer_images: ofRole('refer_image'),
        clip: link(id, manifest.files.find(({ role }) => role === 'clip')?.name),
      },
    ];
  });
  return new Map(linked);
}
