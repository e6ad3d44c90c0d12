import type { Logger } from 'pino';
import type { Db } from '../../db/index.ts';
import { chooseStopScope, describeCode } from '../api/codes.ts';
import type { KlingClient } from '../api/create-kling-client.ts';
import { type KlingNoAnswer, KlingRefusal } from '../api/refusal.ts';
import { type Budget, endPause, insertProduct, openProduct, pauseProduct, stopProduct } from './account-queries.ts';
import type { PollingIntervals } from './polling-intervals.ts';
import type { SlotQueue, WaitingTask } from './slot-queue.ts';

/** What all the work under one account shares. */
export interface KlingSession {
  db: Db;
  client: KlingClient;
  /** The account's fingerprint. */
  credential: string;
  /** What the settings call it. */
  name: string;
  baseUrl: string;
  /** Where its key stands. */
  keySetting: string;
  /** All accounts of the settings in their order, this one among them. */
  peers: readonly KlingSession[];
  /** Whether it can be given an address of this server to fetch a video from. */
  canPublish: boolean;
  /** Asks once whether the account answers; the log says what came of it. Never rejects. */
  greet(): Promise<void>;
  /** Settles once what has to be known of the account before it is worked with is known; rejects when that can't be read now. */
  opened(): Promise<void>;
  /** Whether `opened` has been settled. */
  isReady(): boolean;
  log: Logger;
  intervals: PollingIntervals;
  slotQueue: SlotQueue<WaitingTask & Movable>;
  limits: { parallelMax: number; timeoutMs: number; deadlineMs: number; resultBytesMax: number; budget: Budget };
  elementIdForm: 'integer' | 'text';
  /** Units left below which the log warns; 0: never. */
  balanceWarning: number;
  /** Where the upstream is asked to call back; absent: it isn't asked. */
  callbackUrl?: string;
}

/** An account that could make a thing. */
export interface Candidate {
  session: KlingSession;
  /** Elements that would have to be made there first. */
  unbound: number;
}

/** What waits to be sent, and where it could be sent from. */
export interface Movable {
  external_task_id: string;
  units: number;
  candidates: readonly Candidate[];
}

type Account = Pick<KlingSession, 'db' | 'credential' | 'intervals' | 'log'>;

/** What 1302 is about: requests of any kind. The other refusals for want of room are about the product they answer. */
const tooFastCode = 1302;

/** The upstream has no room: everybody waits a while before the next create of the same product. */
export async function backOff(
  { db, credential, intervals, log }: Account,
  product: string,
  refusal: KlingRefusal | KlingNoAnswer,
): Promise<void> {
  const code = refusal instanceof KlingRefusal ? refusal.code : null;
  const scope = code === tooFastCode ? '' : product;
  const limits = { firstMs: intervals.backOffFirstMs, longestMs: intervals.backOffMaxMs };
  const isNews = await pauseProduct(db, { credential, product: scope }, limits);
  if (isNews) log.warn({ product, code, reason: refusal.message }, 'the Kling API has no room; creates wait a while');
}

/** The upstream took something of this product. */
export async function noteAccepted({ db, credential }: Account, product: string): Promise<void> {
  await openProduct(db, { credential, product });
}

/** A task of this product has ended upstream. */
export async function noteEnded({ db, credential }: Account, product: string): Promise<void> {
  await endPause(db, { credential, product });
}

/**
 * Something that only the operator can mend: no create of what the refusal is about is tried for a while, what waits for it is
 * held, and the operator is told, once until something is accepted again or the reason changes.
 */
export async function stopForOperator(
  { db, credential, intervals, log }: Account,
  product: string,
  refusal: KlingRefusal,
): Promise<void> {
  const { code, status, upstreamMessage, requestId } = refusal;
  const reason = describeCode(code, status);
  const scope = chooseStopScope(code, product);
  const isNews = await stopProduct(db, { credential, product: scope }, reason, intervals.stopMs);
  if (!isNews) return;
  log.error(
    { credential, product: scope, reason, upstream_message: upstreamMessage, request_id: requestId },
    'the Kling API refuses this account, or a product of it: what waits is held until its operator has mended that',
  );
}

/** Makes sure that the products have rows to lock. */
export async function openSession({ db, credential }: Account, products: readonly string[]): Promise<void> {
  for (const product of products) await insertProduct(db, { credential, product });
}
