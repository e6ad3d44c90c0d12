import type { AccountState, KlingAccountStatus, KlingStatus } from '../engines/index.ts';
import type { KlingSession } from './account/kling-session.ts';
import {
  countElements,
  countLost,
  findBalance,
  listCosts,
  listDays,
  listFailures,
  listProducts,
} from './account/report-queries.ts';
import { askBalance } from './account/watch-balance.ts';
import { sumRemaining } from './api/read-costs.ts';
import { KlingNoAnswer, KlingRefusal } from './api/refusal.ts';
import type { Pool } from './tasks/at-its-account.ts';

/** Milliseconds for which a balance counts as known. */
const balanceFreshMs = 60_000;

/** Videos whose costs are told. */
const costsMax = 20;

/** Everything that the database knows of each account, and its balance. An upstream that doesn't answer only makes the balance old. */
export async function showStatus(
  pool: Pool,
  { unitUsd, now }: { unitUsd: number; now: Date },
  signal: AbortSignal,
): Promise<KlingStatus> {
  const [one, ...others] = pool;
  const first = await showAccount(one, { unitUsd, now }, signal);
  const accounts = [first];
  for (const session of others) accounts.push(await showAccount(session, { unitUsd, now }, signal));
  const credentials = pool.map(({ credential }) => credential);
  return { ...first, accounts, lost_tasks: await countLost(one.db, credentials) };
}

/** How each account stands, by the database alone. */
export async function listStates(pool: Pool): Promise<AccountState[]> {
  const states: AccountState[] = [];
  for (const { db, credential, name: account } of pool) {
    const found = await findBalance(db, credential);
    const products = await listProducts(db, credential);
    states.push({
      account,
      remaining_units: found === null ? null : sumRemaining(found.balance),
      products: products.map(({ product, in_work, waiting, stop_reason }) => {
        return { product, in_work, waiting, is_stopped: stop_reason !== null };
      }),
    });
  }
  return states;
}

async function showAccount(
  session: KlingSession,
  { unitUsd, now }: { unitUsd: number; now: Date },
  signal: AbortSignal,
): Promise<KlingAccountStatus> {
  const { db, credential, limits, name, baseUrl } = session;
  const names = session.peers.map((peer) => peer.credential);
  await freshenBalance(session, now, signal);
  const [found, products, days, failures, elements, costs] = [
    await findBalance(db, credential),
    await listProducts(db, credential),
    await listDays(db, credential),
    await listFailures(db, credential),
    await countElements(db, credential, names),
    await listCosts(db, credential, costsMax),
  ];
  const toUsd = (units: number) => Math.round(units * unitUsd * 1e6) / 1e6;
  return {
    name,
    account: credential,
    base_url: baseUrl,
    balance:
      found === null
        ? null
        : {
            remaining_units: sumRemaining(found.balance),
            asked_at: found.balance_at.toISOString(),
            packs: found.balance.map(({ name, status, total_units, remaining_units, ends_at }) => ({
              name,
              status,
              total_units,
              remaining_units,
              ends_at,
            })),
          },
    products: products.map((line) => ({
      ...line,
      parallel_max: line.product.startsWith('video/') ? limits.parallelMax : null,
    })),
    budget: {
      units_per_day: orNull(limits.budget.unitsPerDay),
      account_units_per_day: orNull(limits.budget.accountUnitsPerDay),
    },
    days: days.map((line) => ({ ...line, usd: toUsd(line.units) })),
    failures,
    elements,
    costs: costs.map(({ task_id, units }) => ({
      task_id,
      units,
      usd: units === null ? null : toUsd(units),
      charged_credits: null,
    })),
  };
}

async function freshenBalance(session: KlingSession, now: Date, signal: AbortSignal): Promise<void> {
  const known = await findBalance(session.db, session.credential);
  if (known !== null && now.getTime() - known.balance_at.getTime() < balanceFreshMs) return;
  await askBalance(session, now, signal).catch((error) => {
    signal.throwIfAborted();
    if (!(error instanceof KlingRefusal) && !(error instanceof KlingNoAnswer)) throw error;
  });
}

function orNull(limit: number): number | null {
  return Number.isFinite(limit) ? limit : null;
}
