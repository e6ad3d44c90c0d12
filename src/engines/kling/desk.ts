import type { Logger } from 'pino';
import type { Db } from '../../db/index.ts';
import { insertAccount, openAccount, pauseAccount, stopAccount } from './account-queries.ts';
import type { KlingClient } from './call-kling.ts';
import type { Pace } from './pace.ts';
import type { KlingRefusal } from './refusal.ts';
import type { Turnstile } from './turnstile.ts';
import { describeCode, isAboutOneProduct } from './upstream-codes.ts';

/** What all the work under one account shares. */
export interface Desk {
  db: Db;
  client: KlingClient;
  /** The account's fingerprint. */
  credential: string;
  log: Logger;
  pace: Pace;
  turnstile: Turnstile;
  limits: { parallelMax: number; timeoutMs: number; deadlineMs: number; resultBytesMax: number };
  elementIdForm: 'integer' | 'text';
  /** Where the upstream is asked to call back; absent: it isn't asked. */
  callbackUrl?: string;
}

type Account = Pick<Desk, 'db' | 'credential' | 'pace' | 'log'>;

/** Makes sure that the account has a row to lock. */
export async function openDesk({ db, credential }: Pick<Desk, 'db' | 'credential'>): Promise<void> {
  await insertAccount(db, credential);
}

/** The upstream has no room: everybody waits a while before the next create. */
export async function noteFull({ db, credential, pace }: Account): Promise<void> {
  await pauseAccount(db, credential, { firstMs: pace.backOffFirstMs, maxMs: pace.backOffMaxMs });
}

/** The upstream took something. */
export async function noteAccepted({ db, credential }: Account): Promise<void> {
  await openAccount(db, credential);
}

/**
 * Something that only the operator can mend: no create is tried for a while, and the operator is told, once until
 * something is accepted again or the reason changes. What is about one product stops nobody who asks for another: there
 * the operator is told each time.
 */
export async function stopForOperator({ db, credential, pace, log }: Account, refusal: KlingRefusal): Promise<void> {
  const { code, status, upstreamMessage, requestId } = refusal;
  const reason = describeCode(code, status);
  const facts = { credential, reason, upstream_message: upstreamMessage, request_id: requestId };
  if (isAboutOneProduct(code)) {
    return log.error(facts, 'the Kling API refuses a model to this account: its videos fail until that is mended');
  }
  const isNews = await stopAccount(db, credential, reason, pace.stopMs);
  if (!isNews) return;
  log.error(facts, 'the Kling API refuses this account: videos are not accepted until its operator has mended that');
}
