import { createHash } from 'node:crypto';
import { readdir, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { checkLedger } from '../../src/credits/index.ts';
import type { Db } from '../../src/db/index.ts';
import { identityKey } from '../../src/storage/index.ts';
import type { HistoryEvent } from './history.ts';
import { type World, withDatabase } from './world.ts';

export interface Verdict {
  /** What must hold and doesn't; empty is good. */
  violations: string[];
  tasks: Record<string, number>;
  callbacks: Record<string, number>;
  sends: number;
  unknown_to_client: number;
}

interface TaskRow {
  id: string;
  marker: string;
  status: string;
  attempt: number;
  code: string | null;
  callback_url: string | null;
  reservations: number;
  settled: number;
  refunded: number;
  elements: number;
  callback_state: string | null;
  callback_attempts: number | null;
}

/** Holds what the database and the disk say against what the driver saw from outside. To be called at rest. */
export async function checkInvariants(world: World, databaseUrl: string): Promise<Verdict> {
  return await withDatabase(databaseUrl, async ({ db }) => {
    const tasks = await loadTasks(db);
    const violations = [
      ...tasks.flatMap(checkTask),
      ...checkAnswers(world.history.of('answer'), tasks),
      ...checkCallbacks(world, tasks),
      ...(await checkLedger(db, { at_rest: true })).map(({ rule, task_id, detail }) => `${rule} ${task_id}: ${detail}`),
      ...(await checkFiles(world, db)),
      ...(await checkQueue(db)),
      ...(world.canary.accepted() === 0 ? [] : [`the canary was reached ${world.canary.accepted()} times`]),
    ];
    const known = new Set(world.history.of('answer').map((event) => event.task_id));
    return {
      violations,
      tasks: countBy(tasks.map(({ status, code }) => (code === null ? status : `${status} ${code}`))),
      callbacks: countBy(tasks.flatMap(({ callback_state: state }) => state ?? [])),
      sends: world.history.of('callback').length,
      unknown_to_client: tasks.filter((task) => !known.has(task.id)).length,
    };
  });
}

async function loadTasks(db: Db): Promise<TaskRow[]> {
  const { rows } = await sql<TaskRow>`
    select t.id, t.request->>'element_name' as marker, t.status, t.attempt, t.error->>'code' as code, t.callback_url,
      (select count(*) from transfers r where r.task_id = t.id and kind = 'reserve') as reservations,
      (select count(*) from transfers r where r.task_id = t.id and kind = 'settle') as settled,
      (select count(*) from transfers r where r.task_id = t.id and kind = 'refund') as refunded,
      (select count(*) from elements e where e.task_id = t.id) as elements,
      c.state as callback_state, c.attempts as callback_attempts
    from tasks t left join callbacks c on c.task_id = t.id order by t.created_at`.execute(db);
  return rows;
}

function checkTask(task: TaskRow): string[] {
  const { id, marker, status, reservations, settled, refunded, elements } = task;
  const completed = status === 'completed' ? 1 : 0;
  const rules: [string, boolean][] = [
    [`is ${status}, not finished`, ['completed', 'failed', 'cancelled'].includes(status)],
    [`has ${reservations} reservations`, reservations === 1],
    [`is ${status} and was settled ${settled} times`, settled === completed],
    [`is ${status} and was refunded ${refunded} times`, refunded === 1 - completed],
    [`is ${status} and has ${elements} elements`, elements === completed],
    ['has no callback row', task.callback_url === null || task.callback_state !== null],
    [`has its callback ${task.callback_state}`, task.callback_state !== 'due'],
  ];
  return rules.filter(([, holds]) => !holds).map(([text]) => `${marker} ${id} ${text}`);
}

/** Each acknowledged id exists, and no call made two tasks. */
function checkAnswers(answers: readonly HistoryEvent[], tasks: readonly TaskRow[]): string[] {
  const found = new Set(tasks.map((task) => task.id));
  const lost = answers.filter((one) => one.status === 200 && !found.has(one.task_id as string));
  const refused = new Set(
    answers
      .filter((one) => typeof one.status === 'number' && one.status >= 400 && one.status !== 500)
      .map((one) => one.marker),
  );
  const accepted = new Set(
    answers.filter((one) => one.status === 200 || one.status === 500 || one.status === null).map((one) => one.marker),
  );
  const byMarker = Map.groupBy(tasks, (task) => task.marker);
  return [
    ...lost.map((one) => `${one.marker} ${one.task_id} was acknowledged and is lost`),
    ...[...byMarker]
      .filter(([, same]) => same.length > 1)
      .map(([marker, same]) => `${marker} has ${same.length} tasks`),
    ...[...refused]
      .filter((one) => byMarker.has(one as string) && !accepted.has(one))
      .map((one) => `${one} was refused and has a task`),
  ];
}

const finalStates = ['completed', 'failed', 'cancelled'];

function checkCallbacks(world: World, tasks: readonly TaskRow[]): string[] {
  const arrivals = Map.groupBy(world.history.of('callback'), (event) => event.task_id as string);
  const questions = world.history.of('asked_at_callback');
  const wrong: string[] = [];
  for (const { id, marker, callback_state: state, callback_attempts: attempts } of tasks) {
    const sends = arrivals.get(id) ?? [];
    const accepted = sends.filter((one) => one.status === 204).length;
    const say = (text: string) => wrong.push(`${marker} ${id}: ${text}`);
    if (sends.length > 4) say(`${sends.length} sends of one callback`);
    if (sends.length > 0 && state === null) say('a callback that was not due was sent');
    if (state === 'delivered' && accepted === 0) say('noted as delivered, never accepted');
    if (state === 'given_up' && attempts !== 4) say(`given up after ${attempts} attempts`);
    if (new Set(sends.map((one) => one.webhook_id)).size > 1) say('different webhook-ids');
    if (new Set(sends.map((one) => one.body)).size > 1) say('different bodies');
    if (sends.some((one) => one.signed === false)) say('a callback with a wrong signature');
  }
  for (const { task_id, answer } of questions) {
    const { status } = JSON.parse((answer as string) || '{}') as { status?: string };
    if (status === undefined) wrong.push(`${task_id}: nobody could say its state when its callback arrived: ${answer}`);
    else if (!finalStates.includes(status)) wrong.push(`${task_id} was ${status} when its callback arrived`);
  }
  return wrong;
}

/** Each stored file's bytes are those that its row names. */
async function checkFiles(world: World, db: Db): Promise<string[]> {
  const { rows } = await sql<{ storage_key: string; sha256: Buffer; size_bytes: number }>`
    select storage_key, sha256, size_bytes from element_files`.execute(db);
  const verdicts = await Promise.all(
    rows.map(async ({ storage_key, sha256, size_bytes }) => {
      const bytes = await readFile(join(world.dataFolder, 'storage', storage_key)).catch(() => null);
      if (bytes === null) return `${storage_key} is missing`;
      const same = bytes.length === size_bytes && createHash('sha256').update(bytes).digest().equals(sha256);
      return same ? [] : `${storage_key} has other bytes than its row says`;
    }),
  );
  return verdicts.flat();
}

async function checkQueue(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string; count: number }>`
    select name, count(*) as count from jobs.job where name in ('build', 'upstream', 'deliver') and state < 'completed' group by name`.execute(
    db,
  );
  return rows.map(({ name, count }) => `${count} jobs are left in '${name}'`);
}

/** Makes every file look `hours` old, as waiting for the sweep would. */
export async function age(folder: string, hours: number): Promise<void> {
  const then = new Date(Date.now() - hours * 3_600_000);
  for (const path of await listTree(folder)) await utimes(path, then, then);
}

/** Files that no row names, and folders of work, which must all be gone after a sweep. */
export async function listLeftovers(world: World, databaseUrl: string): Promise<string[]> {
  const storage = join(world.dataFolder, 'storage');
  const known = await withDatabase(databaseUrl, async ({ db }) => {
    const { rows } = await sql<{ storage_key: string }>`select storage_key from element_files`.execute(db);
    return new Set([identityKey, ...rows.map((row) => row.storage_key)].map((key) => join(storage, key)));
  });
  const workFolder = join(world.dataFolder, 'work');
  const paths = [...(await listTree(storage)), ...(await listTree(workFolder))];
  const files = await Promise.all(
    paths.map(async (path) => {
      const found = await stat(path).catch(() => null); // the sweep may be at it just now
      return found !== null && (found.isFile() || path.startsWith(workFolder)) ? path : [];
    }),
  );
  // What killed builds have stored is known to nobody, and lies aside for its days.
  const isAside = (path: string) => path.startsWith(join(storage, 'quarantine/'));
  return files.flat().filter((path) => !known.has(path) && !isAside(path));
}

async function listTree(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.map((name) => join(folder, name));
}

export function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words.toSorted()) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
