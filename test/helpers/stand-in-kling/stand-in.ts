import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseExactJson } from '../../../src/lib/exact-json.ts';
import { startHttp } from '../start-server.ts';
import { billTask, pictureUnitsPerUnit } from './bill-task.ts';
import { checkAuthorization, type KnownCredentials } from './check-authorization.ts';
import { type Body, checkBody, collections } from './check-body.ts';
import { type CallFault, createFaults, Refusal, refusals } from './faults.ts';
import { presentTask } from './present-task.ts';
import { createTaskStore, type StoredTask } from './task-store.ts';
import { writePicture } from './write-picture.ts';
import { readAskedVideo, writeResult } from './write-result.ts';

export interface StandInOptions extends Partial<KnownCredentials> {
  /** 0 takes a free one. */
  parallelMax?: number;
  /** Milliseconds from a task's creation to its end. */
  taskMs?: number;
  /** Milliseconds after which `late_work` is done. */
  lateMs?: number;
  /** By how much its clock is ahead. */
  clockAheadMs?: number;
  seed?: number;
  /** Signs callbacks. */
  webhookSecret?: string;
  /** How often each callback is sent; 0 loses them. */
  callbackCopies?: number;
  /** Added to its ids: two accounts of a region have none in common. */
  idOffset?: bigint;
  /** Units of its one pack. */
  packUnits?: number;
  /** The file that every finished video is; without it each is, by its header, what was asked for. */
  resultFile?: string | URL;
}

interface Received {
  method: string;
  path: string;
  /** Byte for byte; null of a query. */
  text: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: judged by the tests
  body: any;
  authorization: string;
}

export type StandIn = Awaited<ReturnType<typeof startStandIn>>;

/** A key pair and an API key that any stand-in takes unless it is told others. */
export const standInCredentials: KnownCredentials = {
  apiKey: 'api-key-kling-0123456789abcdef',
  accessKey: 'access-key-0123456789abcdef',
  secretKey: 'secret-key-0123456789abcdef',
};

/**
 * A server on this machine that speaks the Kling API's legacy paths over real HTTP: envelopes, tokens, unique external
 * ids, slots, lists, results behind links that end, callbacks; and all the faults of `faults.ts`. It keeps everything it
 * received.
 */
export async function startStandIn(options: StandInOptions = {}) {
  const known = { ...standInCredentials, ...options };
  const store = createTaskStore({
    parallelMax: options.parallelMax ?? 5,
    taskMs: options.taskMs ?? 60,
    idOffset: options.idOffset ?? 0n,
  });
  const faults = createFaults(options.seed ?? 1);
  const received: Received[] = [];
  const creates = new Map<string, number>();
  const fixedResult = options.resultFile === undefined ? null : readFileSync(options.resultFile);
  const links = new Map<string, { task: StoredTask; expired: boolean }>();
  const timers = new Set<NodeJS.Timeout>();
  let clockAheadMs = options.clockAheadMs ?? 0;
  let linkDownloads = 0;
  let refusesLinks = false;
  let refuse: (body: Body) => number | null = () => null;

  const later = (ms: number, work: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  };
  const linkTo = (task: StoredTask, ending = 'mp4') => {
    const token = randomUUID();
    links.set(token, { task, expired: false });
    return `${url()}/results/${token}.${ending}`;
  };
  const present = (task: StoredTask) => {
    const status = store.statusOf(task);
    const isEmpty = status === 'succeed' && task.emptyQueries > 0;
    if (isEmpty) task.emptyQueries -= 1;
    return { ...presentTask(task, status, linkTo), ...(isEmpty ? { task_result: {} } : {}) };
  };

  function create(path: string, body: Body): unknown {
    checkBody(path, body, (id) => {
      const task = store.findMade(id);
      return task && { kind: task.body.reference_type, deleted: task.deleted };
    });
    const refused = refuse(body);
    if (refused !== null) throw new Refusal(refused);
    const task = store.create(path, body, faults.chooseTask());
    const key = task.externalId ?? task.id;
    creates.set(key, (creates.get(key) ?? 0) + 1);
    if (typeof body.callback_url === 'string') {
      later(Math.max(0, task.endsAt - performance.now()) + 1, () => void callBack(task, body.callback_url));
    }
    return present(task);
  }

  const worthOf = (path: string) => (/^\/v1\/images\/|\/ai-multi-shot$/.test(path) ? pictureUnitsPerUnit : 1);
  /** In units of videos; 0 of what didn't succeed. */
  const billOf = (task: StoredTask): number => {
    if (task.madeId !== null || store.statusOf(task) !== 'succeed') return 0;
    return billTask(task.path, task.body, task.makes.pictures) / worthOf(task.path);
  };
  const billedUnits = (): number => store.all().reduce((sum, task) => sum + billOf(task), 0);

  async function callBack(task: StoredTask, target: string): Promise<void> {
    for (let copy = 0; copy < (options.callbackCopies ?? 1); copy += 1) {
      const body = JSON.stringify(present(task));
      const headers = signCallback(body, options.webhookSecret);
      await fetch(target, { method: 'POST', body, headers }).catch(() => undefined);
    }
  }

  function query(path: string, search: URLSearchParams): unknown {
    if (path === '/account/costs') return presentCosts(options.packUnits ?? 10_000, billedUnits());
    if (/\/(advanced-presets-elements|presets-voices)$/.test(path)) return page(presets(path), search);
    if (collections.includes(path)) return page(store.list(path).map(present), search);
    const at = path.lastIndexOf('/');
    const task = store.find(decodeURIComponent(path.slice(at + 1)));
    const isUnseen = task !== undefined && task.unseenQueries > 0;
    if (isUnseen) task.unseenQueries -= 1;
    if (task === undefined || isUnseen || task.path !== path.slice(0, at)) throw new Refusal(1201, 'task not found');
    return present(task);
  }

  function remove(body: Body): unknown {
    const task = store.findMade(String(body.element_id ?? body.voice_id));
    const isGone = task?.deleted === true && body.voice_id !== undefined;
    if (task === undefined || isGone) throw new Refusal(1201, 'the element or voice does not exist');
    task.deleted = true;
    return present(task);
  }

  function answer(path: string, search: URLSearchParams, body: Body | null): unknown {
    if (body === null) return query(path, search);
    if (/\/delete-(advanced-)?(elements|voices)$/.test(path)) return remove(body);
    return create(path, body);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, searchParams } = new URL(request.url ?? '', 'http://stand-in');
    if (path.startsWith('/results/')) return await serveResult(path, response);
    const text = request.method === 'POST' ? await loadBody(request) : null;
    const body = text === null ? null : (parseExactJson(text) as Body);
    const authorization = request.headers.authorization ?? '';
    received.push({ method: request.method ?? '', path, text, body, authorization });
    const date = new Date(Date.now() + clockAheadMs);
    const send = (status: number, envelope: object) => {
      const text = JSON.stringify({ ...envelope, request_id: randomUUID() });
      response.writeHead(status, { 'content-type': 'application/json', date: date.toUTCString() }).end(text);
    };
    try {
      checkAuthorization(request.headers.authorization, known, date.getTime());
      const fault = body === null ? faults.chooseQuery() : faults.chooseCreate();
      if (typeof fault === 'number') throw new Refusal(fault);
      if (fault === 'page_403' || fault === 'page_404') {
        return void response.writeHead(Number(fault.slice(5)), { 'content-type': 'text/html' }).end('<html>no</html>');
      }
      if (fault === 'lost_request') return void request.socket.destroy();
      if (fault === 'late_work') {
        later(options.lateMs ?? 50, () => ignoreRefusal(() => answer(path, searchParams, body)));
        return void request.socket.destroy();
      }
      const data = answer(path, searchParams, body);
      if (fault === null) return send(200, { code: 0, message: 'SUCCEED', data });
      if (fault === 'garbage') return void response.end('<html>welcome</html>');
      endBadly(fault, request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(refusals[error.code]?.status ?? 400, { code: error.code, message: error.message });
    }
  }

  async function serveResult(path: string, response: ServerResponse): Promise<void> {
    const link = links.get(path.slice('/results/'.length, path.lastIndexOf('.')));
    linkDownloads += 1;
    if (refusesLinks || link === undefined || link.expired) response.writeHead(403).end();
    else {
      const { body, makes } = link.task;
      const isPicture = path.endsWith('.png');
      const result = isPicture
        ? await writePicture(body, makes)
        : (fixedResult ?? writeResult({ ...readAskedVideo(body), ...makes }));
      const type = isPicture ? 'image/png' : 'video/mp4';
      response.writeHead(200, { 'content-type': type, 'content-length': result.length }).end(result);
    }
  }

  const server = await startHttp((request, response) => {
    serve(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  const url = () => `http://127.0.0.1:${server.port}`;
  return {
    url: url(),
    port: server.port,
    plan: faults.plan,
    configure: store.configure,
    setClockAhead: (ms: number) => {
      clockAheadMs = ms;
    },
    /** From now on creates of these bodies are refused with a code; null: taken. */
    refuse: (choose: (body: Body) => number | null) => {
      refuse = choose;
    },
    /** Every request to the API so far, as it came. */
    received: () => received,
    /** Creates that were asked for, carried out or not. */
    creates: (path: string) => received.filter((one) => one.method === 'POST' && one.path === path),
    tasks: () => store.all(),
    statusOf: store.statusOf,
    /** Tasks made for each external id: never more than 1, since the id is unique. */
    made: () => Object.fromEntries(creates),
    parallelPeak: store.parallelPeak,
    countRunning: store.countRunning,
    finishAll: store.finishAll,
    /** Seconds of finished videos, which is what the account pays for. */
    billedSeconds: (): number =>
      store
        .all()
        .filter((task) => task.path.startsWith('/v1/videos/') && store.statusOf(task) === 'succeed')
        .reduce((sum, { body }) => sum + Number(body.duration), 0),
    /** Units of finished videos and pictures by the vendor's price pages, in those of videos. */
    billedUnits,
    billOf,
    /** Links given out so far stop working. */
    expireLinks(): void {
      for (const link of links.values()) link.expired = true;
    },
    /** Whether every link is refused from now on, fresh ones too. */
    refuseLinks(isRefused: boolean): void {
      refusesLinks = isRefused;
    },
    linkDownloads: () => linkDownloads,
    /** Makes an element as if the account's owner had made it elsewhere; answers its id. */
    addElement: (body: Body): string => {
      const task = store.create('/v1/general/advanced-custom-elements', body, null);
      task.endsAt = performance.now();
      return task.madeId ?? '';
    },
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearTimeout(timer);
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The headers of a signed callback; none without a secret. */
export function signCallback(body: string, secret: string | undefined, now = new Date()): Record<string, string> {
  const headers = { 'content-type': 'application/json' };
  if (secret === undefined) return headers;
  const id = randomUUID();
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    ...headers,
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}

function endBadly(fault: CallFault, request: IncomingMessage): void {
  if (fault === 'lost_answer') request.socket.destroy();
  else if (typeof fault === 'string' && fault.startsWith('done_')) throw new Refusal(Number(fault.slice(5)));
  // no_answer: the client's patience decides
}

function ignoreRefusal(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

function page(all: unknown[], search: URLSearchParams): unknown[] {
  const size = Number(search.get('pageSize') ?? 30);
  const number = Number(search.get('pageNum') ?? 1);
  return all.slice((number - 1) * size, number * size);
}

function presentCosts(total: number, used: number): unknown {
  const pack = {
    resource_pack_name: 'Video units',
    resource_pack_id: '509f3fd3d4f4a3fe9eec5db27aa44f27',
    resource_pack_type: 'decreasing_total',
    total_quantity: total,
    remaining_quantity: total - used,
    purchase_time: 1_726_124_664_368,
    effective_time: 1_726_124_664_368,
    invalid_time: 1_999_999_999_999,
    status: 'online',
  };
  return { code: 0, msg: 'success', resource_pack_subscribe_infos: [pack] };
}

function presets(path: string): unknown[] {
  const isVoice = path.endsWith('voices');
  const voice = { voice_id: '829824295735410756', voice_name: 'Narrator', trial_url: '', owned_by: 'kling' };
  const element = {
    element_id: '160',
    element_name: 'Robot',
    element_description: 'a robot',
    reference_type: 'image_refer',
    owned_by: 'kling',
    status: 'succeed',
  };
  const task_result = isVoice ? { voices: [voice] } : { elements: [element] };
  return [{ task_id: '1', task_status: 'succeed', task_result }];
}

async function loadBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
