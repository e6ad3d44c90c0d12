import type { KlingSession } from '../account/kling-session.ts';
import { voiceElsewhere } from '../errors.ts';
import { listVoiceHolders } from './voice-queries.ts';

/**
 * Throws 400 `invalid_request` where the voice is known to be another account's of the settings: an element that has it can be made
 * there alone. One that nobody was granted is taken to be the vendor's.
 */
export async function checkVoiceHolders(
  { db, credential, peers }: Pick<KlingSession, 'db' | 'credential' | 'peers'>,
  voiceId: string | null,
  param: string,
): Promise<void> {
  if (voiceId === null || peers.length === 1) return;
  const names = peers.map((peer) => peer.credential);
  const holders = await listVoiceHolders(db, names, voiceId);
  if (holders.length > 0 && !holders.includes(credential)) throw voiceElsewhere(param, voiceId);
}
