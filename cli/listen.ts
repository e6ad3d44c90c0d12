import { createHmac, randomBytes } from 'node:crypto';
import { type Client, followTasks, listCallbackSecrets, type Task, TroupeError } from '../client/index.ts';
import { UsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { listenForInterrupt } from './listen-for-interrupt.ts';
import { openClient } from './open-client.ts';

/** Milliseconds for one POST, as for a callback. */
const postMs = 10_000;

export const listenCommand: Command = {
  summary: 'Posts every task that ends to a local address, as a callback would come: no HTTPS, no tunnel.',
  options: {
    'forward-to': { type: 'string', required: true, describe: 'like http://localhost:3000/hook', check: parseAddress },
    secret: {
      type: 'string',
      describe: 'sign with this whsec_… (default: the account’s, else a new one that is printed)',
    },
    json: { type: 'boolean', describe: 'print one line of JSON for each POST' },
  },
  more: 'The body and the headers are those of a callback. Runs until Ctrl-C; a task is posted once, whatever is answered.',
  async run(values, environment) {
    const target = parseAddress(values['forward-to'] as string);
    const client = openClient(environment);
    const known =
      (values.secret as string | undefined) ?? environment.TROUPE_CALLBACK_SECRET ?? (await findSecret(client));
    const secret = known ?? `whsec_${randomBytes(32).toString('base64')}`;
    const { signal } = listenForInterrupt();
    const signed = known === null ? `signed with ${secret}, made for this run` : 'signed with the known secret';
    process.stderr.write(`listening; tasks that end are posted to ${target}, ${signed}\n`);
    const onMissed = () => void process.stderr.write('some ends were missed: troupe tasks list shows all\n');
    try {
      for await (const { task } of followTasks(client, { signal, onMissed })) {
        if (task.status === 'pending' || task.status === 'processing') continue;
        tell(await post(target, task, secret), values.json === true);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return exitCodes.done;
  },
};

function parseAddress(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`--forward-to must be an http or https URL, is '${text}'`);
  }
  return url.href;
}

/** The account's newest; null where the key may not read them. */
async function findSecret(client: Client): Promise<string | null> {
  try {
    const [newest] = await listCallbackSecrets(client);
    return newest?.secret ?? null;
  } catch (error) {
    if (!(error instanceof TroupeError) || error.status !== 403) throw error;
    return null;
  }
}

interface Posted {
  task_id: string;
  task_status: string;
  /** Of the answer; null without one. */
  status_code: number | null;
  duration_ms: number;
  detail: string | null;
}

/** The very request that the server's callback is; see `docs/guides/callbacks.md`. */
async function post(target: string, task: Task, secret: string): Promise<Posted> {
  const body = JSON.stringify(task);
  const id = `msg_${task.id}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const startedAt = performance.now();
  const answer = await fetch(target, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(postMs),
  }).catch((error: Error) => error);
  const facts = { task_id: task.id, task_status: task.status, duration_ms: Math.round(performance.now() - startedAt) };
  if (answer instanceof Error) return { ...facts, status_code: null, detail: describeFailure(answer) };
  await answer.body?.cancel();
  return { ...facts, status_code: answer.status, detail: null };
}

function describeFailure(error: Error & { cause?: unknown }): string {
  const { code } = (error.cause ?? {}) as { code?: string };
  return code ?? error.message;
}

function tell(posted: Posted, asJson: boolean): void {
  const { task_id, task_status, status_code, duration_ms, detail } = posted;
  const what = status_code === null ? `no answer (${detail})` : status_code;
  process.stdout.write(
    asJson ? `${JSON.stringify(posted)}\n` : `${task_id}  ${task_status}  ${what} in ${duration_ms} ms\n`,
  );
}
