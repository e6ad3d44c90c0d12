import type { ImagePrecheck, VideoPrecheck } from '../engines/index.ts';
import { AppError } from '../lib/errors.ts';
import { createAccountState } from './account/account-state.ts';
import type { KlingSession } from './account/kling-session.ts';
import { checkImages } from './images/check-images.ts';
import { findImageProduct } from './images/image-products.ts';
import type { Pool } from './tasks/at-its-account.ts';
import { checkBudget } from './videos/check-budget.ts';
import { type CheckKnowledge, checkVideo } from './videos/check-video.ts';
import { countMissing, listBound } from './videos/count-missing.ts';
import { findProduct } from './videos/products.ts';
import { estimateUnits } from './videos/units.ts';
import { createVoiceGuard, type VoiceGuard } from './voices/voice-guard.ts';

/** What is asked before anything is accepted: of all accounts, since one that can make a thing is enough. */
export function createPrecheck(pool: Pool) {
  const states = pool.map(createAccountState);
  const guards = new Map(pool.map((session) => [session, createVoiceGuard(session)]));
  const checkVoice = (...asked: Parameters<VoiceGuard['check']>) =>
    anyOf([...guards.values()], (guard) => guard.check(...asked));

  /** Throws 503 `service_unavailable` while the product is stopped at every account. */
  function checkStops(product: string): void {
    const refusals: unknown[] = [];
    for (const state of states) {
      try {
        state.check(product);
      } catch (error) {
        refusals.push(error);
      }
    }
    if (refusals.length === states.length) throw refusals[0];
  }

  async function checkVideos(precheck: VideoPrecheck): Promise<void> {
    // A model that isn't made there is refused by the check below.
    checkStops(findProduct(precheck.spec.model)?.product ?? '');
    await checkAll(precheck, checkVideo, estimateUnits(precheck.spec));
  }

  async function checkPictures(precheck: ImagePrecheck): Promise<void> {
    const product = findImageProduct(precheck.spec.model);
    checkStops(product?.product ?? '');
    // Whose picture alone is sent needs no place and no voice there.
    const asked = product?.looksAtFrontal ? { ...precheck, cast: [] } : precheck;
    await checkAll(asked, checkImages, product?.units(precheck.spec) ?? 0);
  }

  async function checkAll<Asked extends Omit<VideoPrecheck, 'spec'>>(
    asked: Asked,
    check: (asked: Asked, knowledge: CheckKnowledge) => void,
    units: number,
  ): Promise<void> {
    const able: KlingSession[] = [];
    await anyOf(pool, async (session) => {
      await countMissing(session, asked, check);
      able.push(session);
    });
    await checkBudget(pool[0], asked, units);
    await anyOf(able, (session) => checkVoices(session, asked));
  }

  async function checkVoices(
    session: KlingSession,
    { account_id, cast, dry_run }: Omit<VideoPrecheck, 'spec'>,
  ): Promise<void> {
    const bound = await listBound(session, cast);
    // Those that the account has already have been judged before.
    for (const { element_id, voice_id, param } of cast) {
      if (voice_id === null || bound.includes(element_id)) continue;
      await guards.get(session)?.check({ account_id, voice_id, param }, { mayAsk: !dry_run });
    }
  }

  return { checkStops, checkVideo: checkVideos, checkImages: checkPictures, checkVoice };
}

/** Asks each; throws what the first has against it when all refuse. */
async function anyOf<T>(all: readonly T[], ask: (one: T) => Promise<void>): Promise<void> {
  const refusals: unknown[] = [];
  for (const one of all) {
    try {
      await ask(one);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refusals.push(error);
    }
  }
  if (refusals.length === all.length) throw refusals[0];
}
