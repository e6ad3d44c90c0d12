import type { CastFacts, VideoPrecheck } from '../../engines/index.ts';
import type { KlingSession } from '../account/kling-session.ts';
import { listBoundElements } from '../elements/binding-queries.ts';
import { checkVoiceHolders } from '../voices/check-voice-holders.ts';
import type { CheckKnowledge } from './check-video.ts';

/**
 * How many elements of what is asked for its account has to be given first. Throws as `check` does where the account can't make it: it
 * doesn't have an element, and can't be given it.
 */
export async function countMissing<Asked extends Pick<VideoPrecheck, 'cast'>>(
  session: Pick<KlingSession, 'db' | 'credential' | 'peers' | 'canPublish'>,
  asked: Asked,
  check: (asked: Asked, knowledge: CheckKnowledge) => void,
): Promise<number> {
  const bound = await listBound(session, asked.cast);
  check(asked, { canPublish: session.canPublish, bound });
  const missing = asked.cast.filter(({ element_id }) => !bound.includes(element_id));
  for (const { voice_id, param } of missing) await checkVoiceHolders(session, voice_id, param);
  return missing.length;
}

/** Ids of those of the cast that the account has. */
export async function listBound(
  { db, credential }: Pick<KlingSession, 'db' | 'credential'>,
  cast: readonly Pick<CastFacts, 'element_id'>[],
): Promise<readonly string[]> {
  const ids = cast.map(({ element_id }) => element_id);
  return ids.length === 0 ? [] : await listBoundElements(db, credential, ids);
}
