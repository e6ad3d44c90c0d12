import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../helpers/find-free-port.ts';
import { checkInvariants } from './check-invariants.ts';
import { type Answer, type Client, createClient } from './client.ts';
import { startDatabaseProxy, type Weather } from './database-proxy.ts';
import { createDatabase } from './failpoints.ts';
import { allow } from './machine-speed.ts';
import { createOrder } from './orders.ts';
import { begin, settleAll } from './settle-all.ts';
import { waitForRest } from './wait-for-rest.ts';
import { grantAccess, openWorld, type World } from './world.ts';

export interface AwayReport {
  violations: string[];
  answers: Record<string, number>;
  /** Milliseconds of the slowest answer while the database was away. */
  slowest_ms: number;
  cut_commits: number;
}

/** Milliseconds on a quiet machine within which a request must be answered, whatever the database does. */
const answerLimitMs = 35_000;

interface Storm {
  weather: Weather;
  lastsMs: number;
}

/**
 * A server whose database goes away under load in every way that a network allows. Each request is answered; a 503 has
 * Retry-After and left no task; what was acknowledged is there; nothing is charged twice; afterwards all is well.
 */
export async function loseDatabase(postgresUrl: string, storms: readonly Storm[]): Promise<AwayReport> {
  const database = await createDatabase(postgresUrl, `away_${Date.now()}`);
  await using proxy = await startDatabaseProxy(database);
  const port = await findFreePort();
  await using world = await openWorld({
    name: 'away',
    settings: { DATABASE_URL: proxy.url, PORT: String(port), TROUPE_ELEMENT_ENGINE: 'nothing' },
  });
  const server = world.start('serve');
  await server.ready();
  const { key, secret } = await grantAccess(database, 10_000);
  const apiUrl = `http://127.0.0.1:${port}`;
  world.receiver.trust({ apiUrl, key, secret });
  const client = createClient([apiUrl], key, world.history);
  const report: AwayReport = { violations: [], answers: {}, slowest_ms: 0, cut_commits: 0 };
  for (const { weather, lastsMs } of storms) {
    const calls: Promise<void>[] = [];
    const load = setInterval(
      () => calls.push(begin(callOnce(world, client, `${weather.slice(0, 12)}-${calls.length}`, report))),
      100,
    );
    try {
      await sleep(500);
      proxy.change(weather);
      await sleep(lastsMs);
      proxy.change('fair');
      await sleep(500);
    } finally {
      clearInterval(load);
    }
    await settleAll(calls);
    report.violations.push(...(await checkRecovery(world, client, weather)));
  }
  await waitForRest(database, 120_000);
  await world.receiver.settled();
  report.violations.push(...(await checkInvariants(world, database)).violations);
  report.cut_commits = proxy.cutCommits();
  if (server.hasEnded()) report.violations.push(`the server has ended: ${server.output().slice(-800)}`);
  return report;
}

/** A submission without an idempotency key, the worst case: the client can't know, so the answer must be exact. */
async function callOnce(world: World, client: Client, marker: string, report: AwayReport): Promise<void> {
  const order = createOrder(world, { marker, kind: 'good', delayMs: 0 });
  const startedAt = Date.now();
  const [answer] = await Promise.all([client.submit(marker, order.body), client.get('/v1/credits')]);
  report.slowest_ms = Math.max(report.slowest_ms, Date.now() - startedAt);
  const name = answer === null ? 'none' : `${answer.status} ${answer.body.error?.code ?? ''}`.trim();
  report.answers[name] = (report.answers[name] ?? 0) + 1;
  report.violations.push(...checkAnswer(marker, answer, Date.now() - startedAt));
}

function checkAnswer(marker: string, answer: Answer | null, tookMs: number): string[] {
  if (answer === null) return [`${marker}: no answer`];
  const known = [200, 503].includes(answer.status) || answer.body.error?.code === 'paid_outcome_unknown';
  return [
    ...(known ? [] : [`${marker}: answered ${answer.status} ${answer.text.slice(0, 200)}`]),
    ...(answer.status === 503 && answer.retryAfter === null ? [`${marker}: 503 without Retry-After`] : []),
    ...(tookMs > allow(answerLimitMs) ? [`${marker}: answered after ${tookMs} ms`] : []),
  ];
}

/** Within seconds of the database's return the server takes work again. */
async function checkRecovery(world: World, client: Client, weather: Weather): Promise<string[]> {
  const marker = `after-${weather.slice(0, 12)}`;
  const order = createOrder(world, { marker, kind: 'good', delayMs: 0 });
  const startedAt = Date.now();
  const answer = await client.submitUntilAnswered(marker, order.body, `${marker}-0000000000000`);
  const tookMs = Date.now() - startedAt;
  return answer.status === 200 && tookMs < allow(10_000) ? [] : [`${marker}: ${answer.status} after ${tookMs} ms`];
}
