import type { KlingCheck } from '../engines/index.ts';
import type { Network } from '../lib/safe-fetch/index.ts';
import { judgePublicUrl } from './account/judge-public-url.ts';
import type { KlingSession } from './account/kling-session.ts';
import { listProducts } from './account/report-queries.ts';
import { askBalance } from './account/watch-balance.ts';
import { elementsPath } from './api/endpoints.ts';
import { sumRemaining } from './api/read-costs.ts';
import { KlingNoAnswer, KlingRefusal } from './api/refusal.ts';
import type { Pool } from './tasks/at-its-account.ts';
import { listKlingVoices } from './voices/kling-voices.ts';

type Check = KlingCheck['checks'][number];

export interface CheckSurroundings {
  publicUrl: string | undefined;
  agent: Network['agent'];
  now: Date;
}

/**
 * Whether the accounts can be worked with, by a handful of free calls to each, each line in words and with the setting to change. After
 * a refused key nothing more is asked of its account.
 */
export async function checkAccounts(
  pool: Pool,
  surroundings: CheckSurroundings,
  signal: AbortSignal,
): Promise<KlingCheck> {
  const checks: Check[] = [];
  for (const session of pool) {
    const mark = pool.length === 1 ? {} : { account: session.name };
    for (const check of await checkAccount(session, surroundings, signal)) checks.push({ ...check, ...mark });
  }
  checks.push(await checkLinks(pool, surroundings, signal));
  return { ok: checks.every(({ level }) => level !== 'error'), checks };
}

async function checkAccount(session: KlingSession, { now }: CheckSurroundings, signal: AbortSignal): Promise<Check[]> {
  const key = await checkKey(session, signal);
  if (key.level === 'error') return [key];
  return [key, await checkBalance(session, now, signal), await checkSlots(session), await checkVoices(session, signal)];
}

async function checkKey(
  { client, credential, baseUrl, keySetting }: KlingSession,
  signal: AbortSignal,
): Promise<Check> {
  const setting = keySetting === 'TROUPE_KLING_ACCOUNTS' ? keySetting : 'TROUPE_KLING_BASE_URL';
  try {
    await client.call(`${elementsPath}?pageNum=1&pageSize=1`, { signal });
    return { name: 'key', level: 'ok', message: `${baseUrl} takes the key; the account goes by ${credential}` };
  } catch (error) {
    if (error instanceof KlingNoAnswer) {
      return { name: 'key', level: 'error', message: `${baseUrl}: ${error.message}`, setting };
    }
    if (!(error instanceof KlingRefusal)) throw error;
    const message = `${baseUrl}: ${describe(error)}`;
    if (error.code === null) return { name: 'key', level: 'error', message, setting };
    if (error.code === 1304) {
      const remedy = "put this server's address on the allow list of the vendor's console";
      return { name: 'key', level: 'error', message: `${message}; ${remedy}` };
    }
    const isKey = error.code >= 1000 && error.code < 1100;
    return { name: 'key', level: 'error', message, ...(isKey ? { setting: keySetting } : {}) };
  }
}

async function checkBalance(session: KlingSession, now: Date, signal: AbortSignal): Promise<Check> {
  const name = 'balance';
  try {
    const packs = await askBalance(session, now, signal);
    if (packs === null) return { name, level: 'warning', message: 'the API does not tell what is left in the packs' };
    const left = sumRemaining(packs);
    const message = `${left} units left in ${packs.filter(({ status }) => status === 'online').length} pack(s)`;
    if (left <= 0) return { name, level: 'error', message: `${message}: videos are refused until you buy one` };
    const isLittle = left < session.balanceWarning;
    return {
      name,
      level: isLittle ? 'warning' : 'ok',
      message,
      ...(isLittle ? { setting: 'TROUPE_KLING_BALANCE_WARNING' } : {}),
    };
  } catch (error) {
    return { name, level: 'warning', message: toMessage(error) };
  }
}

async function checkSlots({ db, credential, limits, keySetting }: KlingSession): Promise<Check> {
  const products = await listProducts(db, credential);
  const stopped = products.filter(({ stop_reason }) => stop_reason !== null);
  const inWork = products.reduce((sum, { in_work }) => sum + in_work, 0);
  const waiting = products.reduce((sum, { waiting: count }) => sum + count, 0);
  const message = `${inWork} in work, ${waiting} waiting; ${limits.parallelMax} videos of a model at once`;
  const setting = keySetting === 'TROUPE_KLING_ACCOUNTS' ? keySetting : 'TROUPE_KLING_PARALLEL_VIDEOS';
  if (stopped.length === 0) return { name: 'slots', level: 'ok', message, setting };
  const stops = stopped.map(({ product, stop_reason }) => `${product || 'everything'} is held (${stop_reason})`);
  return { name: 'slots', level: 'error', message: `${stops.join(', ')}; ${message}` };
}

async function checkVoices({ client }: KlingSession, signal: AbortSignal): Promise<Check> {
  const name = 'voices';
  try {
    let count = 0;
    for await (const _ of listKlingVoices(client, 'presets', signal)) count += 1;
    return { name, level: count > 0 ? 'ok' : 'warning', message: `${count} of the vendor's voices` };
  } catch (error) {
    return { name, level: 'warning', message: toMessage(error) };
  }
}

/** Whether somebody outside could fetch from here, as far as that can be told from here. */
async function checkLinks(pool: Pool, { publicUrl, agent }: CheckSurroundings, signal: AbortSignal): Promise<Check> {
  const name = 'links';
  const verdicts = pool.map(({ baseUrl }) => judgePublicUrl(publicUrl, baseUrl));
  const verdict = verdicts.find(({ isReachable }) => !isReachable) ?? verdicts[0];
  if (verdict === undefined) throw new Error('there is no account');
  const setting = 'TROUPE_PUBLIC_URL';
  if (publicUrl === undefined || !verdict.isReachable) {
    return { name, level: 'warning', message: verdict.warning ?? 'this server has no public address', setting };
  }
  try {
    const { origin } = new URL(publicUrl);
    const either = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
    const { statusCode, body } = await agent.request({ origin, path: '/healthz', method: 'GET', signal: either });
    await body.dump();
    if (statusCode === 200) {
      return {
        name,
        level: verdict.warning === null ? 'ok' : 'warning',
        message: verdict.warning ?? `${publicUrl} answers`,
        setting,
      };
    }
    return { name, level: 'warning', message: `${publicUrl} answers ${statusCode} to /healthz`, setting };
  } catch (error) {
    signal.throwIfAborted();
    return {
      name,
      level: 'warning',
      message: `${publicUrl} could not be reached from here: ${toMessage(error)}`,
      setting,
    };
  }
}

function describe({ message, upstreamMessage }: KlingRefusal): string {
  return upstreamMessage === '' ? message : `${message} (${upstreamMessage})`;
}

function toMessage(error: unknown): string {
  return error instanceof KlingRefusal ? describe(error) : (error as Error).message;
}
