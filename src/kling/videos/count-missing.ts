import type { CastFacts, VideoPrecheck } from '../../engines/index.ts';
import type { KlingSession } from '../account/kling-session.ts';
import { listBoundElements } from '../elements/binding-queries.ts';
import { checkVoiceHolders } from '../voices/check-voice-holders.ts';
import { checkVideo } from './check-video.ts';

/**
 * How many elements of a video its account has to be given first. Throws as {@link checkVideo} does where the account can't make the
 * video: it doesn't have an element, and can't be given it.
 */
export async function countMissing(
  session: Pick<KlingSession, 'db' | 'credential' | 'peers' | 'canPublish'>,
  video: Pick<VideoPrecheck, 'spec' | 'cast' | 'sources'>,
): Promise<number> {
  const bound = await listBound(session, video.cast);
  checkVideo(video, { canPublish: session.canPublish, bound });
  const missing = video.cast.filter(({ element_id }) => !bound.includes(element_id));
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
