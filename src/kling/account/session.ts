import type { Logger } from 'pino';
import type { Db } from '../../db/index.ts';
import type { KlingClient } from '../api/call-kling.ts';
import { describeCode, isAboutOneProduct } from '../api/codes.ts';
import type { KlingRefusal } from '../api/refusal.ts';
import { insertAccount, openAccount, pauseAccount, stopAccount } from './account-queries.ts';
import type { PollingIntervals } from './polling-intervals.ts';
import type { SlotQueue } from './slot-queue.ts';

/** What all the work under one account shares. */
export interface KlingSession {
  db: Db;
  client: KlingClient;
  /** The account's fingerprint. */
  credential: string;
  log: Logger;
  intervals: PollingIntervals;
  slotQueue: SlotQueue;
  limits: { parallelMax: number; timeoutMs: number; deadlineMs: number; resultBytesMax: number };
  elementIdForm: 'integer' | 'text';
  /** Where the upstream is asked to call back; absent: it isn't asked. */
  callbackUrl?: string;
}

type Account = Pick<KlingSession, 'db' | 'credential' | 'intervals' | 'log'>;

/** Makes sure that the account has a row to lock. */
export async function openSession({ db, credential }: Pick<KlingSession, 'db' | 'credential'>): Promise<void> {
  await insertAccount(db, credential);
}

/** The upstream has no room: everybody waits a while before the next create. */
export async function backOff({ db, credential, intervals }: Account): Promise<void> {
  await pauseAccount(db, credential, { firstMs: intervals.backOffFirstMs, longestMs: intervals.backOffMaxMs });
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
export async function stopForOperator(
  { db, credential, intervals, log }: Account,
  refusal: KlingRefusal,
): Promise<void> {
  const { code, status, upstreamMessage, requestId } = refusal;
  const reason = describeCode(code, status);
  const facts = { credential, reason, upstream_message: upstreamMessage, request_id: requestId };
  if (isAboutOneProduct(code)) {
    return log.error(facts, 'the Kling API refuses a model to this account: its videos fail until that is mended');
  }
  const isNews = await stopAccount(db, credential, reason, intervals.stopMs);
  if (!isNews) return;
  log.error(facts, 'the Kling API refuses this account: videos are not accepted until its operator has mended that');
}
