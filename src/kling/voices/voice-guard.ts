import type { KlingSession } from '../account/kling-session.ts';
import { KlingNoAnswer, KlingRefusal } from '../api/refusal.ts';
import { klingAway, voiceNotUsable } from '../errors.ts';
import { listKlingVoices } from './kling-voices.ts';
import { isVoiceGranted } from './voice-queries.ts';

export interface VoiceGuard {
  /**
   * Throws 400 `invalid_request` unless the voice was granted to the account or is one of the vendor's, which are
   * everybody's. Somebody else's and one that doesn't exist look the same. 503 `service_unavailable` while the vendor's
   * can't be asked for.
   */
  check(
    voice: { account_id: number; voice_id: string; param: string },
    /** With `mayAsk` false a voice that isn't known here is taken to be one of the vendor's. */
    options?: { mayAsk: boolean },
  ): Promise<void>;
}

/** Milliseconds for which the vendor's list counts as complete; it changes with their releases. */
const freshMs = 3_600_000;
/** An id that isn't in it may be new; strangers' guesses must not have it read each time. */
const againMs = 60_000;

/** Milliseconds that a caller is kept waiting for the list. */
const answerMs = 10_000;

/** Asks the upstream for nothing as long as only granted voices are named. */
export function createVoiceGuard({
  db,
  client,
  credential,
}: Pick<KlingSession, 'db' | 'client' | 'credential'>): VoiceGuard {
  let presets: ReadonlySet<string> = new Set();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    const ids = new Set<string>();
    const signal = AbortSignal.timeout(answerMs);
    for await (const { voice_id } of listKlingVoices(client, 'presets', signal)) ids.add(voice_id);
    presets = ids;
    readAt = performance.now();
  }

  async function isPreset(voiceId: string): Promise<boolean> {
    const age = performance.now() - readAt;
    if (age < freshMs && presets.has(voiceId)) return true;
    if (age < againMs) return false;
    reading ??= read().finally(() => {
      reading = undefined;
    });
    await reading;
    return presets.has(voiceId);
  }

  return {
    async check({ account_id, voice_id, param }, { mayAsk } = { mayAsk: true }) {
      if (await isVoiceGranted(db, { credential, voice_id, account_id })) return;
      if (!mayAsk && performance.now() - readAt >= againMs) return;
      const known = await isPreset(voice_id).catch((error) => {
        const isAway = error instanceof KlingRefusal || error instanceof KlingNoAnswer || error.name === 'TimeoutError';
        throw isAway ? klingAway(error) : error;
      });
      if (!known) throw voiceNotUsable(param, voice_id);
    },
  };
}
