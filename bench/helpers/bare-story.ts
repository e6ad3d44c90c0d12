/**
 * The least that can do a whole task: a Fastify route that inserts and reserves in one transaction and answers; then the task is
 * claimed, concluded with its element, its charge and its callback, told to its receiver and noted as delivered, each in a transaction
 * of its own but the telling. By Troupe's own statements through its own pool, one task in each transaction on 20 connections;
 * without checks of requests or keys, queues, heartbeats or retries.
 */
import fastify from 'fastify';
import { Pool } from 'undici';
import { useKeyAllowance } from '../../src/accounts/index.ts';
import { finishAttempts, insertCallbacks, openAttempts } from '../../src/callbacks/index.ts';
import { reserve, settle } from '../../src/credits/index.ts';
import { connect, transaction } from '../../src/db/index.ts';
import { createElementId, insertElement } from '../../src/elements/index.ts';
import { claimTasks, completeTasks, createTaskId, insertTask } from '../../src/tasks/index.ts';

interface Submission {
  account_id: number;
  key_id: number;
  body: { model: string; model_params: { element_name: string; element_description: string }; callback_url: string };
}

const price = 1_000_000;
const { db } = connect({ url: process.env.DATABASE_URL as string, connectionsMax: 20, onError: () => undefined });
const receiver = new URL(process.env.RECEIVER_URL as string);
const pool = new Pool(receiver.origin, { connections: 20 });
const app = fastify();

app.post<{ Body: Submission }>('/', async (request) => {
  const id = await accept(request.body);
  setImmediate(() => void finish(id, request.body));
  return { id, status: 'pending' };
});

async function accept({ account_id, key_id: api_key_id, body }: Submission): Promise<string> {
  const created_at = new Date();
  const id = createTaskId(created_at);
  const { model, model_params, callback_url } = body;
  const facts = { account_id, api_key_id, model, type: 'video' as const, callback_url, created_at };
  await transaction(db, async (tx) => {
    await Promise.all([
      insertTask(tx, {
        ...facts,
        id,
        request: { ...model_params, kind: 'element', sources: [] },
        request_digest: null,
        idempotency_key: null,
        billing_rule: 'per_call',
        reserved_microcredits: price,
      }),
      reserve(tx, { account_id, task_id: id, amount_microcredits: price }),
      useKeyAllowance(tx, api_key_id, price, created_at),
    ]);
  });
  return id;
}

async function finish(task_id: string, { account_id, body }: Submission): Promise<void> {
  const element_id = createElementId();
  const { element_name: name, element_description: description } = body.model_params;
  const [claim] = await claimTasks(db, [task_id]);
  if (claim === undefined) throw new Error(`${task_id} is not there`);
  const result_data = { element_id: String(element_id), elements: [{ element_id: String(element_id), name }] };
  const charged_microcredits = price;
  const [done] = await transaction(db, async (tx) => {
    const completed = await completeTasks(tx, [{ ...claim, result_data, results: [], charged_microcredits }]);
    const facts = { account_id, task_id, name, description, reference_type: 'image_refer' as const };
    const rest = { voice_id: null, engine: 'nothing', tags: [], labels: [], manifest: {} as never };
    await Promise.all([
      insertElement(tx, { id: element_id, ...facts, ...rest }, []),
      settle(tx, { task_id, charged_microcredits }),
      insertCallbacks(tx, [{ task_id, account_id, url: body.callback_url }]),
    ]);
    return completed;
  });
  const [open] = await openAttempts(db, [{ task_id }], 4);
  if (open === undefined) throw new Error(`${task_id} has no callback`);
  const startedAt = performance.now();
  const { statusCode, body: answer } = await pool.request({
    method: 'POST',
    path: receiver.pathname,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(done),
  });
  await answer.dump();
  const duration_ms = Math.round(performance.now() - startedAt);
  const result = { outcome: 'accepted' as const, status_code: statusCode, detail: null, duration_ms };
  await finishAttempts(db, [{ task_id, attempt: open.attempt, ...result, state: 'delivered' }]);
}

process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
