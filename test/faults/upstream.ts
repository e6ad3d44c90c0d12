import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { checkLedger } from '../../src/credits/index.ts';
import { findFreePort } from '../helpers/find-free-port.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type Cast, createCast } from './cast.ts';
import { type Chance, createChance } from './chance.ts';
import { countBy } from './check-invariants.ts';
import { type Client, createClient } from './client.ts';
import { getSlowness, measureSlowness } from './machine-speed.ts';
import { begin, settleAll } from './settle-all.ts';
import { mixOrders, type UpstreamOrder } from './upstream-orders.ts';
import { waitForRest } from './wait-for-rest.ts';
import { waitUntil } from './wait-until.ts';
import { grantAccess, openWorld, type World, withDatabase } from './world.ts';

export interface UpstreamOptions {
  seed: number;
  databaseUrl: string;
  taskCount: number;
  /** Share of the calls to the upstream that go wrong. */
  faultShare: number;
  /** Milliseconds of a quiet machine from when all our processes work to the next kill, while tasks are unfinished, from and to. */
  pauseMs: readonly [number, number];
}

export interface UpstreamReport {
  violations: string[];
  seed: number;
  tasks: Record<string, number>;
  kills: Record<string, number>;
  /** Creates that the upstream received, the refused and repeated ones too. */
  creates_received: number;
  upstream_tasks: number;
  parallel_peak: number;
  provisioned_elements: number;
  /** What each of the two accounts bills, in the vendor's units. */
  billed_units_by_account: number[];
  /** Seconds of videos: what the upstream bills, and what the ledger has charged. */
  billed_seconds: number;
  charged_seconds: number;
  /**
   * Of everything in the vendor's units, by its price pages; what of it callers owe, which is less where angles came in part; and what was
   * charged, in credits of as much each.
   */
  billed_units: number;
  owed_credits: number;
  charged_credits: number;
  /** Accepted, by what they ask for. */
  kinds: Record<string, number>;
  /** Answers to submissions that made no task, by status. */
  refused: Record<string, number>;
  /** How callers' cancels were answered, by status. */
  cancels: Record<string, number>;
  duration_ms: number;
}

/** Of the first account and of the second. */
const parallelMax = [20, 10] as const;
/** Of every video that is asked for. */
const secondsOfVideo = 5;
const restLimitMs = 1_200_000;
/** Of the bill: the multipliers of the prices are the vendor's ratios, rounded to thousandths. */
const sumTolerance = 0.001;
/** Milliseconds for which the upstream refuses what only an operator mends. */
const refusalMs = 2_000;
const elementCount = 4;
/** By how much pauses between kills are drawn out at most on a slow machine: a run without kills proves little. */
const slownessMax = 3;
const anglesModel = 'kling-image-angles';
/** Pictures that a call for angles asks for. */
const anglesCount = 9;

/**
 * Mixed videos, pictures and angles through one api process and two workers that are killed at random, against a Kling API that loses requests
 * and answers, works late, refuses for want of room, fails tasks and doesn't find them for a while; with callers who cancel at any
 * moment, a model and then everything refused for a reason that only the operator mends, a key that is replaced in the middle, and a
 * second account that is taken out of the settings for a while, with what it has in work.
 * Afterwards: nothing made twice, nothing lost, every charge is what the upstream bills for that task, and the ledger's sum is the bill.
 */
export async function followUpstream(options: UpstreamOptions): Promise<UpstreamReport> {
  const startedAt = Date.now();
  const chance = createChance(options.seed);
  const port = await findFreePort();
  const pace = { taskMs: 300, lateMs: 400, seed: options.seed };
  await using standIn = await startStandIn({ parallelMax: parallelMax[0], ...pace });
  const keys = { apiKey: 'api-key-of-the-second-account', idOffset: 5_000_000_000n };
  await using second = await startStandIn({ parallelMax: parallelMax[1], ...keys, ...pace });
  const accounts = [standIn, second];
  const settings = settingsFor(options, standIn, port);
  const entry = { name: 'second', api_key: keys.apiKey, base_url: second.url, parallel_videos: parallelMax[1] };
  const list = JSON.stringify([entry]);
  settings.TROUPE_KLING_ACCOUNTS = list;
  await using world = await openWorld({ name: 'upstream', settings });
  const first = world.start('api');
  await first.ready();
  const access = await grantAccess(options.databaseUrl, options.taskCount * 200);
  const apiUrl = `http://127.0.0.1:${port}`;
  const client = createClient([apiUrl], access.key, world.history);
  const cast = await createCast(world, first);
  const elements = await makeElements(world, client);
  for (const account of accounts) account.plan(planFaults(options, chance));
  const orders = mixOrders(world, elements, options.taskCount, chance);
  const kills = killWhileUnfinished(world, cast, chance, options);
  let accepted: string[];
  let killed: Record<string, number>;
  const cancels: Record<string, number> = {};
  const refused: Record<string, number> = {};
  try {
    const onSubmitted = [
      () => begin(refuseForAWhile(standIn, (body) => (body.model_name === 'kling-v3' ? 1103 : null))),
      () => replaceKey(settings),
      () => void delete settings.TROUPE_KLING_ACCOUNTS,
      () => begin(refuseForAWhile(standIn, (body) => (body.model_name === undefined ? null : 1102))),
      () => {
        settings.TROUPE_KLING_ACCOUNTS = list;
      },
    ];
    accepted = await submitAll(client, orders, chance, { onSubmitted, cancels, refused });
    await waitForRest(options.databaseUrl, restLimitMs);
  } finally {
    killed = await kills.end();
  }
  await cast.bringBack();
  const verdict = await withDatabase(options.databaseUrl, ({ db }) => judge(db, accounts, accepted));
  const violations = [...verdict.violations, ...cast.surprises()];
  await cast.stop();
  return {
    violations,
    seed: options.seed,
    tasks: verdict.tasks,
    kills: killed,
    creates_received: accounts.flatMap((one) => one.received()).filter((one) => one.method === 'POST').length,
    upstream_tasks: accounts.flatMap((one) => one.tasks()).length,
    parallel_peak: standIn.parallelPeak(),
    provisioned_elements: accounts.flatMap((one) => one.tasks()).filter((task) => task.madeId !== null).length,
    billed_seconds: sum(accounts, (one) => one.billedSeconds()),
    charged_seconds: verdict.chargedSeconds,
    billed_units_by_account: accounts.map((one) => round(one.billedUnits())),
    billed_units: round(sum(accounts, (one) => one.billedUnits())),
    owed_credits: verdict.owedCredits,
    charged_credits: verdict.chargedCredits,
    kinds: verdict.kinds,
    refused,
    cancels,
    duration_ms: Date.now() - startedAt,
  };
}

function settingsFor({ databaseUrl }: UpstreamOptions, standIn: StandIn, port: number): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    TROUPE_PUBLIC_URL: `http://127.0.0.1:${port}`,
    TROUPE_KLING_BASE_URL: standIn.url,
    TROUPE_KLING_ACCESS_KEY: standInCredentials.accessKey,
    TROUPE_KLING_SECRET_KEY: standInCredentials.secretKey,
    // The key is replaced in the middle.
    TROUPE_KLING_ACCOUNT: 'studio',
    // A credit is a unit: the sums can be compared.
    TROUPE_KLING_MARGIN: '0',
    TROUPE_KLING_UNIT_USD: '0.14',
    TROUPE_CREDIT_USD: '0.14',
    TROUPE_KLING_PARALLEL_VIDEOS: String(parallelMax[0]),
    TROUPE_KLING_TIMEOUT_SECONDS: '2',
    // Elements are built here and sent up when a video first needs them: the harder way.
    TROUPE_ELEMENT_ENGINE: 'local',
    TROUPE_KEY_REQUESTS_PER_MINUTE: '100000',
    TROUPE_KEY_UNFINISHED_TASKS: '100000',
  };
}

/** Processes that start from now on have another key of the same account. */
function replaceKey(settings: Record<string, string>): void {
  delete settings.TROUPE_KLING_ACCESS_KEY;
  delete settings.TROUPE_KLING_SECRET_KEY;
  settings.TROUPE_KLING_API_KEY = standInCredentials.apiKey;
}

async function refuseForAWhile(standIn: StandIn, choose: Parameters<StandIn['refuse']>[0]): Promise<void> {
  standIn.refuse(choose);
  await sleep(refusalMs);
  standIn.refuse(() => null);
}

/** Without faults: what is under test comes later. */
async function makeElements(world: World, client: Client): Promise<string[]> {
  const url = (name: string) => world.origin.url(`/element/${name}`);
  const body = {
    model: 'kling-custom-element',
    model_params: {
      element_name: 'Duck',
      element_description: 'a duck',
      reference_type: 'image_refer',
      element_image_list: { frontal_image: url('duck.jpg'), refer_images: [{ image_url: url('bear.jpg') }] },
    },
  };
  const ids = await Promise.all(
    Array.from({ length: elementCount }, async (_, index) => {
      const { body: task } = await client.submitUntilAnswered(`element-${index}`, body, `element-${index}-000000000`);
      return task.id as string;
    }),
  );
  const found: string[] = [];
  for (const id of ids) {
    const findElementId = async () => {
      const answer = await client.get(`/v1/tasks/${id}`);
      return ((answer?.body.result_data ?? {}) as { element_id?: string }).element_id;
    };
    found.push(await waitUntil(`the element of ${id}`, 120_000, findElementId));
  }
  return found;
}

/** Every way in which a call can go wrong, one task in ten that the upstream itself fails or is slow with, and one that it doesn't find for a while. */
function planFaults({ faultShare, taskCount }: UpstreamOptions, chance: Chance) {
  return {
    rate: faultShare,
    anyOf: ['lost_request', 'lost_answer', 'no_answer', 'late_work', 'done_5000', 'done_5002', 1302, 1303, 5001],
    queryFaults: ['lost_request', 'no_answer', 1302, 5000, 5002],
    tasks: Array.from({ length: taskCount }, () => {
      if (chance.happens(0.06)) return { fails: 'the content may violate the content security policy' };
      if (chance.happens(0.04)) return { slow: 10 };
      // Of pictures as many come at most; other tasks are what they were asked to be.
      if (chance.happens(0.05)) return { makes: { pictures: 1 } };
      return chance.happens(0.1) ? { unseen: chance.pick([1, 3, 5, 8]) } : null;
    }),
  } as Parameters<StandIn['plan']>[0];
}

interface Incidents {
  /** What happens on the way, after equal parts of the submissions. */
  onSubmitted: readonly (() => void)[];
  /** Answers to cancels, and to submissions without a task, by status, counted here. */
  cancels: Record<string, number>;
  refused: Record<string, number>;
}

/** The ids of the accepted tasks; spread over some seconds, so that kills fall into the submissions too. */
async function submitAll(
  client: Client,
  orders: readonly UpstreamOrder[],
  chance: Chance,
  { onSubmitted, cancels, refused }: Incidents,
): Promise<string[]> {
  const calls: Promise<string | undefined>[] = [];
  const part = Math.ceil(orders.length / (onSubmitted.length + 1));
  const cancelLater = async (id: string | undefined, afterMs: number) => {
    if (id === undefined) return;
    await sleep(afterMs);
    const status = String((await client.cancel(id))?.status ?? 'none');
    cancels[status] = (cancels[status] ?? 0) + 1;
  };
  for (const [at, { marker, path, body }] of orders.entries()) {
    if (at > 0 && at % part === 0) onSubmitted[at / part - 1]?.();
    const call = client.submitUntilAnswered(marker, body, `upstream-${marker}-0000000`, path);
    const isCancelled = chance.happens(0.1);
    const afterMs = chance.between(0, 3000);
    const followed = async () => {
      const { status, body: answer } = await call;
      const { id } = answer;
      if (id === undefined) refused[status] = (refused[status] ?? 0) + 1;
      if (isCancelled) await cancelLater(id, afterMs);
      return id;
    };
    calls.push(begin(followed()));
    await sleep(chance.between(0, 30));
  }
  return (await settleAll(calls)).filter((id) => id !== undefined);
}

function killWhileUnfinished(world: World, cast: Cast, chance: Chance, { pauseMs }: UpstreamOptions) {
  const kills: Record<string, number> = {};
  let over = false;
  const comebacks: Promise<void>[] = [];
  // On a busy machine a start takes longer than such a pause: who is killed before it has worked at all never gets anywhere.
  const areUp = async () => {
    await Promise.all([...cast.parts.values()].map((one) => one.ready().catch(() => undefined)));
    await measureSlowness();
  };
  const kill = async () => {
    while (!over) {
      await areUp();
      await sleep(chance.between(...pauseMs) * Math.min(getSlowness(), slownessMax));
      const part = chance.pick(['api', 'worker 1', 'worker 2']);
      const one = cast.parts.get(part);
      if (over || one === undefined || one.hasEnded()) continue;
      cast.deaths.push({ pid: one.pid, at: Date.now() });
      world.history.record('kill', { part, pid: one.pid });
      one.signal('SIGKILL');
      kills[part] = (kills[part] ?? 0) + 1;
      const back = begin(one.ended.then(() => sleep(chance.between(0, 1500))).then(() => cast.restart(part)));
      comebacks.push(back);
      await back.catch(() => undefined);
    }
  };
  const killing = begin(kill());
  return {
    async end() {
      over = true;
      await killing;
      await settleAll(comebacks);
      return kills;
    },
  };
}

interface Row {
  id: string;
  status: string;
  model: string;
  type: string;
  code: string | null;
  charged_microcredits: number | null;
  reserved_microcredits: number;
  settled: number;
  refunded: number;
  external_task_ids: string[] | null;
}

async function judge(db: Parameters<typeof checkLedger>[0], accounts: readonly StandIn[], accepted: readonly string[]) {
  const { rows } = await sql<Row>`
    select t.id, t.status, t.model, t.type, t.error->>'code' as code, t.charged_microcredits, t.reserved_microcredits,
      (select count(*) from transfers r where r.task_id = t.id and kind = 'settle') as settled,
      (select count(*) from transfers r where r.task_id = t.id and kind = 'refund') as refunded,
      (select array_agg(external_task_id) from kling_tasks k where k.subject = t.id) as external_task_ids
    from tasks t where t.model <> 'kling-custom-element'`.execute(db);
  const known = new Set(rows.map((row) => row.id));
  const made = accounts.flatMap((account) => account.tasks().map((task) => ({ task, status: account.statusOf(task) })));
  const owed = new Map(
    accounts.flatMap((account) => account.tasks().map((task) => [task.externalId, oweFor(account, task)])),
  );
  const upstream = new Map(made.map(({ task, status }) => [task.externalId, status]));
  const videos = made.map(({ task }) => task).filter((task) => task.madeId === null);
  // Over both accounts: what the one has made the other must not have made.
  const counts = countBy(accounts.flatMap((account) => Object.entries(account.made()).flatMap(repeat)));
  const chargedSeconds =
    secondsOfVideo *
    rows.filter(
      ({ type, settled, charged_microcredits: charged }) => type === 'video' && settled > 0 && (charged ?? 0) > 0,
    ).length;
  const chargedCredits = round(rows.reduce((sum, row) => sum + (row.charged_microcredits ?? 0), 0) / 1e6);
  const owedCredits = round([...owed.values()].reduce((total, one) => total + one, 0));
  const billedSeconds = sum(accounts, (one) => one.billedSeconds());
  const ours = new Set(rows.flatMap((row) => row.external_task_ids ?? []));
  const violations = [
    ...accepted.filter((id) => !known.has(id)).map((id) => `${id} was acknowledged and is lost`),
    ...rows.flatMap((row) => judgeTask(row, upstream, owed)),
    ...Object.entries(counts).flatMap(([id, count]) => (count > 1 ? [`${id} was made ${count} times`] : [])),
    ...videos.filter((task) => !ours.has(task.externalId ?? '')).map((task) => `upstream task ${task.id} is nobody's`),
    ...(billedSeconds === chargedSeconds ? [] : [`${billedSeconds} s billed, ${chargedSeconds} s charged`]),
    ...(Math.abs(chargedCredits - owedCredits) <= sumTolerance * owedCredits
      ? []
      : [`${owedCredits} units billed for what came, ${chargedCredits} credits charged`]),
    ...accounts.flatMap((one, at) =>
      one.parallelPeak() > (parallelMax[at] ?? 0)
        ? [`${one.parallelPeak()} tasks of one model at once at account ${at + 1}`]
        : [],
    ),
    ...(await checkLedger(db, { at_rest: true })).map(({ rule, task_id, detail }) => `${rule} ${task_id}: ${detail}`),
  ];
  return {
    violations,
    chargedSeconds,
    chargedCredits,
    owedCredits,
    kinds: countBy(rows.map(({ type, model }) => (model === anglesModel ? 'angles' : type))),
    tasks: countBy(rows.map(({ status, code }) => (code === null ? status : `${status} ${code}`))),
  };
}

const round = (sum: number) => Math.round(sum * 1000) / 1000;

const sum = (accounts: readonly StandIn[], count: (account: StandIn) => number) =>
  accounts.reduce((total, account) => total + count(account), 0);

const repeat = ([id, times]: [string, number]): string[] => Array.from({ length: times }, () => id);

/** Credits that a caller owes for what came of a task: its bill, of angles the share of the pictures that came. */
function oweFor(account: StandIn, task: ReturnType<StandIn['tasks']>[number]): number {
  const { pictures = anglesCount } = task.makes;
  const share = task.path.endsWith('/ai-multi-shot') ? pictures / anglesCount : 1;
  return account.billOf(task) * share;
}

/** One of ours, against what became of it upstream: charged by its bill, and exactly when there is something to hand over. */
function judgeTask(
  row: Row,
  upstream: ReadonlyMap<string | null, string>,
  owed: ReadonlyMap<string | null, number>,
): string[] {
  const { id, status, charged_microcredits: charged, reserved_microcredits: reserved } = row;
  const external = row.external_task_ids ?? [];
  const made = external.filter((one) => upstream.get(one) === 'succeed').length;
  const completed = status === 'completed' ? 1 : 0;
  const owes = completed === 1 ? external.reduce((total, one) => total + (owed.get(one) ?? 0), 0) : 0;
  const isOwed = Math.abs((charged ?? 0) / 1e6 - owes) <= sumTolerance * owes && (charged ?? 0) <= reserved;
  const rules: [string, boolean][] = [
    [`is ${status}, not finished`, ['completed', 'failed', 'cancelled'].includes(status)],
    [`is ${status} and was settled ${row.settled} times`, row.settled === completed],
    [`is ${status} and was refunded ${row.refunded} times`, row.refunded === 1 - completed],
    [`is ${status} and charged ${charged} of ${reserved} for ${owes} units`, isOwed],
    [`has ${external.length} rows upstream`, external.length <= 1],
    [`is ${status}, and it was made ${made} times upstream`, made === completed],
  ];
  return rules.filter(([, holds]) => !holds).map(([text]) => `${id} ${text} (${row.code ?? 'no error'})`);
}
