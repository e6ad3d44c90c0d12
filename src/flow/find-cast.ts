import type { Db } from '../db/index.ts';
import { elementNotUsable, findElements } from '../elements/index.ts';
import type { CastFacts } from '../engines/index.ts';
import type { VideoRequest } from '../models/index.ts';

/**
 * The elements that a request names, in its order. Throws 400 `invalid_request` naming the first that the account can't
 * use: unknown and somebody else's look the same, an own one that was deleted is said to be.
 */
export async function findCast(db: Db, accountId: number, named: VideoRequest['elements']): Promise<CastFacts[]> {
  if (named.length === 0) return [];
  const ids = named.map(({ element_id }) => Number(element_id));
  const found = new Map((await findElements(db, accountId, ids)).map((element) => [element.id, element]));
  return named.map(({ element_id, param }) => {
    const element = found.get(Number(element_id));
    if (element === undefined || element.deleted_at !== null) {
      throw elementNotUsable(param, element_id, element?.deleted_at ?? null);
    }
    const { name, description, reference_type, voice_id, tags, engine, manifest } = element;
    return { element_id, param, name, description, reference_type, voice_id, tags, engine, manifest };
  });
}
