import type pg from 'pg';
import { createKey } from '../../src/accounts/index.ts';
import type { Bench } from './start-bench.ts';
import { elementBody } from './submit.ts';

export interface Owner {
  accountId: number;
  keyId: number;
}

export interface Statements {
  /** What one accepted submission says to the database, in order, `begin` and `commit` included. */
  recorded: readonly { text: string; values: readonly unknown[] }[];
  recordedTaskId: string;
  recordedOwner: Owner;
  createOwners(count: number): Promise<Owner[]>;
}

/**
 * Records the statements of one real submission: accepts it in this process on the bench's database with a pool that
 * keeps what passes through.
 */
export async function recordStatements(bench: Bench): Promise<Statements> {
  const { openContext } = await import('../../src/open-context.ts');
  const { parseConfig } = await import('../../src/config.ts');
  const { accept, grantKey } = await import('../../src/flow/index.ts');
  const { default: pino } = await import('pino');
  const config = parseConfig({ DATABASE_URL: bench.databaseUrl, TROUPE_DATA_DIR: bench.dataFolder });
  const context = await openContext(config, pino({ level: 'silent' }), ['api']);
  const createOwner = async (name: string): Promise<Owner> => {
    const created = await grantKey(bench.database.db, { account: name, name: 'bare' }, 1e12, new Date());
    return { accountId: created.account_id, keyId: created.key_id };
  };
  // Keys are numbered ahead of accounts from here on, so that the two can be told apart among the recorded values.
  await createKey(bench.database.db, { account: 'record', name: 'ahead' }, new Date());
  const recordedOwner = await createOwner('record');
  const recorded: { text: string; values: readonly unknown[] }[] = [];
  const submit = () =>
    accept(context, {
      caller: {
        key_id: recordedOwner.keyId,
        key_name: 'bare',
        account_id: recordedOwner.accountId,
        role: 'caller',
        account_name: 'bare',
        allowed_models: null,
        expires_at: null,
        disabled_at: null,
        last_used_at: null,
      },
      body: elementBody,
      idempotencyKey: null,
    });
  await submit(); // the first fills caches
  const stopRecording = recordPool(context.database.pool, recorded);
  const { task } = await submit();
  stopRecording();
  await context.close();
  return {
    recorded,
    recordedTaskId: task.id,
    recordedOwner,
    async createOwners(count) {
      const stamp = `${Date.now()}-${Math.random()}`;
      return await Promise.all(Array.from({ length: count }, (_, index) => createOwner(`bare-${stamp}-${index}`)));
    },
  };
}

function recordPool(pool: pg.Pool, into: { text: string; values: readonly unknown[] }[]): () => void {
  const connect = pool.connect.bind(pool);
  const patched = async (callback?: unknown) => {
    // pg's own `pool.query` asks with a callback; what it sends is no part of the submission.
    if (callback !== undefined) return connect(callback as never);
    const client = await connect();
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    (client as unknown as { query: unknown }).query = (text: unknown, values: unknown, ...rest: unknown[]) => {
      if (typeof text === 'string') into.push({ text, values: Array.isArray(values) ? values : [] });
      return query(text, values, ...rest);
    };
    return client;
  };
  (pool as unknown as { connect: unknown }).connect = patched;
  return () => {
    (pool as unknown as { connect: unknown }).connect = connect;
  };
}

let sequence = 0;

/** Says the same statements for a new task of `owner`, prepared by name as the server prepares them. */
export async function replayStatements(client: pg.Client, statements: Statements, owner: Owner): Promise<void> {
  const taskId = `task-unified-bench-${process.pid}-${sequence++}`;
  for (const [index, { text, values }] of statements.recorded.entries()) {
    if (values.length === 0) {
      await client.query(text);
      continue;
    }
    const mine = values.map((value) => replaceValue(value, statements, taskId, owner));
    await client.query({ name: `s${index}`, text, values: mine });
  }
}

function replaceValue(value: unknown, statements: Statements, taskId: string, owner: Owner): unknown {
  if (value === statements.recordedTaskId) return taskId;
  if (value === statements.recordedOwner.accountId) return owner.accountId;
  if (value === statements.recordedOwner.keyId) return owner.keyId;
  if (typeof value === 'string') return value.replaceAll(statements.recordedTaskId, taskId);
  return value;
}
