import type { Logger } from 'pino';
import type { Db } from '../db/index.ts';
import type { Network } from '../lib/safe-fetch/index.ts';
import type { Tracing } from '../tracing/index.ts';
import { type KlingSession, openSession } from './account/kling-session.ts';
import { moveWaiting } from './account/move-waiting.ts';
import { type PollingIntervals, intervals as usualIntervals } from './account/polling-intervals.ts';
import { createSlotQueue } from './account/slot-queue.ts';
import { watchBalance } from './account/watch-balance.ts';
import { createKlingClient } from './api/create-kling-client.ts';
import { createCredential } from './api/credential.ts';
import { elementProduct } from './api/endpoints.ts';
import type { KlingSettings } from './config.ts';
import { greetAccount } from './elements/greet-account.ts';
import { imageProducts } from './images/image-products.ts';
import { type KlingAccount, listAccounts } from './list-accounts.ts';
import type { Pool } from './tasks/at-its-account.ts';
import { settleOrphan } from './tasks/settle-orphan.ts';
import { videoProducts } from './videos/products.ts';

export interface PoolOptions {
  db: Db;
  clock: { now(): Date };
  settings: KlingSettings;
  log: Logger;
  /** Shared by all accounts, and not closed with them. */
  network: Pick<Network, 'agent'>;
  tracing?: Tracing | undefined;
  canPublish: boolean;
  callbackUrl?: string;
  intervals?: Partial<PollingIntervals>;
}

/**
 * A session for each account that the settings name, in their order: each with its own client, slots, pauses and stops, and with one
 * budget for all. Throws without credentials, and where one account stands there twice.
 */
export function createPool(options: PoolOptions, stopped: AbortSignal): Pool {
  const accounts = listAccounts(options.settings);
  const clients = accounts.map(({ klingBaseUrl: baseUrl, ...account }) =>
    createKlingClient({
      baseUrl,
      credential: createCredential(account, options.clock),
      timeoutMs: options.settings.klingTimeoutSeconds * 1000,
      network: { agent: options.network.agent, close: async () => undefined },
      tracing: options.tracing,
    }),
  );
  const credentials = clients.map((client) => client.credential.fingerprint);
  const keys = accounts.map(({ klingApiKey, klingAccessKey }) => klingApiKey ?? klingAccessKey);
  const twice = accounts.findIndex(
    (_, at) => keys.indexOf(keys[at]) !== at || credentials.indexOf(credentials[at] ?? '') !== at,
  );
  if (twice !== -1) {
    throw new Error(`the settings name one Kling account twice: '${accounts[twice]?.name}' has the key of another`);
  }
  const peers: KlingSession[] = [];
  for (const [at, client] of clients.entries()) {
    const session = createSession(options, accounts[at] as KlingAccount, { client, peers, credentials }, stopped);
    peers.push(session);
  }
  const [first, ...others] = peers;
  if (first === undefined) throw new Error('there are no credentials for the Kling API');
  return [first, ...others];
}

type Given = Pick<KlingSession, 'client' | 'peers'> & { credentials: readonly string[] };

function createSession(
  { db, settings, log, callbackUrl, canPublish, ...options }: PoolOptions,
  { name, klingBaseUrl, klingParallelVideos: parallelMax, keySetting }: KlingAccount,
  { client, peers, credentials }: Given,
  stopped: AbortSignal,
): KlingSession {
  const intervals = { ...usualIntervals, ...options.intervals };
  const credential = client.credential.fingerprint;
  const budget = {
    unitsPerDay: settings.klingUnitsPerDay || Number.POSITIVE_INFINITY,
    accountUnitsPerDay: settings.klingAccountUnitsPerDay || Number.POSITIVE_INFINITY,
    credentials,
  };
  const slotQueue: KlingSession['slotQueue'] = createSlotQueue({
    db,
    credential,
    parallelMax,
    budget,
    log,
    everyMs: intervals.slotMs,
    silentMs: intervals.silentMs,
    onLeft: (product, left) => moveWaiting(session, product, left, true),
    onFull: () => settleOrphan(session, stopped),
  });
  const opening = createOpening(
    () => session,
    async () => {
      // What the packs have left decides who makes what.
      if (credentials.length > 1) await watchBalance(session, options.clock.now(), stopped);
    },
    stopped,
  );
  const session: KlingSession = {
    db,
    client,
    credential,
    name,
    baseUrl: klingBaseUrl,
    keySetting,
    peers,
    log: credentials.length === 1 ? log : log.child({ kling_account: name }),
    intervals,
    slotQueue,
    limits: {
      parallelMax,
      timeoutMs: settings.klingTimeoutSeconds * 1000,
      deadlineMs: settings.klingDeadlineSeconds * 1000,
      resultBytesMax: settings.klingResultBytesMax,
      budget,
    },
    elementIdForm: settings.klingElementIdForm,
    balanceWarning: settings.klingBalanceWarning,
    canPublish,
    ...opening,
    ...(callbackUrl === undefined ? {} : { callbackUrl }),
  };
  return session;
}

/** What is known of an account before anything is sent there: what it knows under another name must not be made there again. */
function createOpening(
  getSession: () => KlingSession,
  askMore: () => Promise<void>,
  stopped: AbortSignal,
): Pick<KlingSession, 'greet' | 'opened' | 'isReady'> {
  let greeting = Promise.resolve();
  let opening: Promise<void> | undefined;
  let isReady = false;
  async function open(): Promise<void> {
    await greeting;
    await openSession(getSession(), [elementProduct, ...videoProducts, ...imageProducts]);
    isReady = true;
  }
  const opened = () => {
    // After a failure the next one tries again.
    opening ??= open().catch((error) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  return {
    greet() {
      const session = getSession();
      greeting = greetAccount(session, stopped)
        .then(askMore)
        .catch((error) => {
          if (!stopped.aborted) session.log.warn({ err: error }, 'could not ask the Kling API at the start');
        });
      // Where there are several, work may go to this one without having been there before.
      return greeting.then(opened).catch(() => undefined);
    },
    opened,
    isReady: () => isReady,
  };
}
