import { connect as connectSocket } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Client,
  createClient,
  followTask,
  followTasks,
  type Task,
  type TroupeError,
  waitForStatus,
  waitForTask,
} from '../../client/index.ts';
import { disableKey } from '../../src/accounts/index.ts';
import { editKey } from '../../src/flow/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { startProxy } from '../helpers/start-proxy.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let origin: MediaOrigin;
let troupe: StartedTroupe;
let client: Client;

beforeAll(async () => {
  origin = await startOrigin();
  troupe = await startTroupe({ worker: true });
  client = createClient({ baseUrl: troupe.url, key: troupe.key.key, retriesMax: 0 });
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

interface Seen {
  id: string;
  event: string;
  task: Task;
}

/** A raw stream, read as it comes. */
function open(
  path: string,
  { key = troupe.key.key, lastEventId, url = troupe.url }: { key?: string; lastEventId?: string; url?: string } = {},
) {
  const stop = new AbortController();
  const events: Seen[] = [];
  const state = { status: 0, headers: new Headers(), text: '', ended: false, error: undefined as unknown };
  const begun = Promise.withResolvers<void>();
  const done = (async () => {
    const headers = {
      authorization: `Bearer ${key}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    };
    const answer = await fetch(url + path, { headers, signal: stop.signal });
    Object.assign(state, { status: answer.status, headers: answer.headers });
    begun.resolve();
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      state.text += decoder.decode(chunk, { stream: true });
      const blocks = state.text.split('\n\n');
      events.length = 0;
      for (const block of blocks.slice(0, -1)) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
        const data = field('data');
        if (data !== undefined)
          events.push({ id: field('id') ?? '', event: field('event') ?? '', task: JSON.parse(data) });
      }
    }
    state.ended = true;
  })().catch((error) => {
    state.error = error;
    begun.resolve();
  });
  const lastId = () => [...state.text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1];
  return { state, events, begun: begun.promise, done, lastId, close: () => stop.abort() };
}

const gated = (name: string) => {
  const gate = origin.gate(`/${name}.jpg`, 'duck.jpg');
  return { gate, body: imageRequest(origin.url(`/${name}.jpg`), [origin.url('/duck.jpg')]) };
};

const submit = async (body: object = imageRequest(origin.url('/duck.jpg'))) =>
  (await troupe.submit(body)).body.id as string;

/** Another account's key, for streams that see nothing of other tests. */
const own = async (name: string) => {
  const { key } = await troupe.grant({ account: name, name }, 100);
  const make = async (body: object = imageRequest(origin.url('/duck.jpg'))) => {
    const answer = await troupe.call('POST', '/v1/videos/generations', { body, key });
    return answer.body.id as string;
  };
  return { key, make };
};

describe('GET /v1/tasks/{task_id}/events', () => {
  test('tells the task as the query answers it, at once and after each change, and ends after its last one', async () => {
    const { gate, body } = gated('followed');
    const id = await submit(body);
    await gate.asked;
    const stream = open(`/v1/tasks/${id}/events`);
    await until('the first event', () => stream.events.length > 0);
    expect(stream.state.status).toBe(200);
    expect(stream.state.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(stream.state.headers.get('x-accel-buffering')).toBe('no');
    expect(stream.state.headers.get('cache-control')).toBe('no-cache, no-store, no-transform');
    gate.open();
    await stream.done;
    expect(stream.state.ended).toBe(true);
    expect(stream.events.every(({ event, task }) => event === 'task' && task.id === id)).toBe(true);
    expect(stream.events[0]?.task.status).toBe('processing');
    expect(stream.events.at(-1)?.task).toEqual((await troupe.call('GET', `/v1/tasks/${id}`)).body);
    expect(new Set(stream.events.map((event) => event.id)).size).toBe(stream.events.length);
  });

  test('of a finished task: one event and the end; resumed behind it, 204', async () => {
    const id = await submit();
    await troupe.waitForEnd(id);
    const stream = open(`/v1/tasks/${id}/events`);
    await stream.done;
    expect(stream.events.map(({ task }) => task.status)).toEqual(['completed']);
    const again = open(`/v1/tasks/${id}/events`, { lastEventId: stream.events[0]?.id as string });
    await again.done;
    expect([again.state.status, again.state.text]).toEqual([204, '']);
  });

  test('resumed before its end, tells the end and nothing twice', async () => {
    const { gate, body } = gated('resumed');
    const id = await submit(body);
    await gate.asked;
    const first = open(`/v1/tasks/${id}/events`);
    await until('the first event', () => first.events.length > 0);
    first.close();
    await first.done;
    gate.open();
    await troupe.waitForEnd(id);
    const second = open(`/v1/tasks/${id}/events`, { lastEventId: first.events.at(-1)?.id as string });
    await second.done;
    expect(second.events.map(({ task }) => task.status)).toEqual(['completed']);
  });

  test("404 for somebody else's task as for one that never existed, 400 for what is no id", async () => {
    const id = await submit();
    const stranger = await own('stranger of events');
    for (const path of [`/v1/tasks/${id}/events`, '/v1/tasks/task-unified-1-never/events']) {
      const answer = await troupe.call('GET', path, { key: stranger.key });
      expect([answer.status, answer.body.error.code]).toEqual([404, 'task_not_found']);
    }
    expect((await troupe.call('GET', '/v1/tasks/x/events')).body.error.code).toBe('invalid_task_id');
  });
});

describe('GET /v1/events', () => {
  test("tells every change of the account's tasks and none of another's", async () => {
    const mine = await own('mine of events');
    const others = await own('others of events');
    const stream = open('/v1/events', { key: mine.key });
    await stream.begun;
    await until('its position', () => stream.lastId());
    const foreign = await others.make();
    const ids = [await mine.make(), await mine.make()];
    const ended = () => stream.events.filter(({ task }) => task.status === 'completed').map(({ task }) => task.id);
    await until('both ends', () => ended().length === 2);
    expect(ended().toSorted()).toEqual(ids.toSorted());
    expect(stream.events.some(({ task }) => task.id === foreign)).toBe(false);
    stream.close();
  });

  test.each(['', 'x', '1;2;3', '1;9:1:', '1;1:9:10', '1;5:9:7,6', `1;${'9'.repeat(30)}:1:`, 'a'.repeat(9_000)])(
    '400 for a Last-Event-ID that no event has had: %s',
    async (id) => {
      const answer = await fetch(`${troupe.url}/v1/events`, {
        headers: { authorization: `Bearer ${troupe.key.key}`, 'last-event-id': id },
        signal: AbortSignal.timeout(300_000),
      });
      if (id === '') expect(answer.status).toBe(200);
      else expect(answer.status).toBe(400);
      await answer.body?.cancel();
    },
  );

  test('resumed behind any event, tells exactly what came after it', async () => {
    const mine = await own('resumer');
    const stream = open('/v1/events', { key: mine.key });
    await until('its position', () => stream.lastId());
    const ids: string[] = [];
    for (let at = 0; at < 4; at += 1) ids.push(await mine.make());
    await until('all ends', () => stream.events.filter(({ task }) => task.status === 'completed').length === 4);
    stream.close();
    for (const [at, { id }] of stream.events.entries()) {
      const resumed = open('/v1/events', { key: mine.key, lastEventId: id });
      const behind = stream.events.slice(at + 1);
      const expected = new Set(behind.map(({ task }) => task.id));
      await until('its position', () => resumed.lastId() && resumed.events.length >= expected.size);
      // What changed several times meanwhile is told once, as it is now.
      expect(resumed.events.map(({ task }) => task.id).toSorted()).toEqual([...expected].toSorted());
      expect(resumed.events.every(({ task }) => task.status === 'completed')).toBe(true);
      resumed.close();
    }
  });

  test('an id that is too old, or of another database, begins with `missed` and goes on from now', async () => {
    const mine = await own('late reader');
    const hourAgo = Math.floor(Date.now() / 1000) - 3600;
    for (const id of [`${hourAgo.toString(36)};3:3:`, `${(hourAgo + 3600).toString(36)};9000000000:9000000000:`]) {
      const stream = open('/v1/events', { key: mine.key, lastEventId: id });
      await until('the event', () => stream.state.text.includes('event: missed'));
      const task = await mine.make();
      await until('its end', () =>
        stream.events.some((one) => one.task.id === task && one.task.status === 'completed'),
      );
      stream.close();
    }
  });
});

describe('no change is lost and none told twice', () => {
  /** Rows of tasks that nobody works on, so that the test alone changes them. */
  async function insert(database: StartedTroupe['database'], accountId: number, id: string, keyId = 1) {
    await sql`insert into tasks (id, account_id, api_key_id, model, type, request, billing_rule, reserved_microcredits)
      values (${id}, ${accountId}, ${keyId}, 'kling-custom-element', 'video',
        '{"kind":"element","engine":"nothing","sources":[]}', 'per_call', 0)`.execute(database.db);
  }

  test('also of a transaction that began before and commits after others', async () => {
    const { key, account_id } = await troupe.grant({ account: 'late commits', name: 'k' }, 0);
    const stream = open('/v1/events', { key });
    await until('its position', () => stream.lastId());
    const held = Promise.withResolvers<void>();
    const inserted = Promise.withResolvers<void>();
    const slow = troupe.database.db.transaction().execute(async (tx) => {
      await insert({ db: tx } as never, account_id, 'task-unified-1-slow');
      inserted.resolve();
      await held.promise;
    });
    await inserted.promise;
    await insert(troupe.database, account_id, 'task-unified-1-fast');
    await until('the fast one', () => stream.events.some(({ task }) => task.id === 'task-unified-1-fast'));
    const idOfFast = stream.events.at(-1)?.id as string;
    held.resolve();
    await slow;
    await until('the slow one', () => stream.events.some(({ task }) => task.id === 'task-unified-1-slow'));
    expect(stream.events.map(({ task }) => task.id)).toEqual(['task-unified-1-fast', 'task-unified-1-slow']);
    stream.close();
    // The slow one has the lower transaction id, and yet is what comes behind the fast one.
    const resumed = open('/v1/events', { key, lastEventId: idOfFast });
    await until('the slow one', () => resumed.events.length > 0 && resumed.lastId());
    expect(resumed.events.map(({ task }) => task.id)).toEqual(['task-unified-1-slow']);
    resumed.close();
  });

  test('by the client, over hundreds of racing transactions and a stream that is cut again and again', async () => {
    const { key, account_id } = await troupe.grant({ account: 'torn', name: 'k' }, 0);
    const ids = Array.from({ length: 300 }, (_, at) => `task-unified-1-torn${at}`);
    let cuts = 0;
    const torn: typeof fetch = async (input, init) => {
      const cut = new AbortController();
      const answer = await fetch(input, {
        ...init,
        signal: AbortSignal.any([cut.signal, init?.signal as AbortSignal]),
      });
      let bytes = 0;
      const limit = 6_000;
      const body = answer.body?.pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            controller.enqueue(chunk.subarray(0, limit - bytes));
            bytes += chunk.length;
            if (bytes < limit) return;
            cuts += 1;
            controller.error(new Error('cut'));
            cut.abort();
          },
        }),
      );
      return new Response(body ?? null, { status: answer.status, headers: answer.headers });
    };
    const reader = createClient({ baseUrl: troupe.url, key, fetch: torn });
    const stop = new AbortController();
    const told: string[] = [];
    const begun = Promise.withResolvers<void>();
    const reading = (async () => {
      begun.resolve();
      for await (const { task } of followTasks(reader, { signal: stop.signal })) told.push(task.id);
    })().catch((error) => {
      if (!stop.signal.aborted) throw error;
    });
    await begun.promise;
    const probe = open('/v1/events', { key });
    await until('a stream', () => probe.lastId());
    probe.close();
    // The reader's own stream may begin a moment after the probe's; a first task tells when.
    await until('its beginning', async () => {
      const id = `task-unified-1-begin${told.length}-${Math.random().toString(36).slice(2, 8)}`;
      await insert(troupe.database, account_id, id);
      return told.some((one) => one.includes('begin'));
    });
    for (let at = 0; at < ids.length; at += 10) {
      await Promise.all(
        ids.slice(at, at + 10).map((id, place) =>
          troupe.database.db.transaction().execute(async (tx) => {
            await insert({ db: tx } as never, account_id, id);
            if (place % 3 === 0) await sql`select pg_sleep(0.02)`.execute(tx);
          }),
        ),
      );
    }
    await until('all of them', () => ids.every((id) => told.includes(id)));
    expect(told.filter((id) => id.includes('torn')).toSorted()).toEqual(ids.toSorted());
    expect(cuts).toBeGreaterThan(5);
    stop.abort();
    await reading;
  });

  test('when no notification comes: the look each second finds it', async () => {
    const { key, account_id } = await troupe.grant({ account: 'unheard', name: 'k' }, 0);
    const stream = open('/v1/events', { key });
    await until('its position', () => stream.lastId());
    await insert(troupe.database, account_id, 'task-unified-1-unheard');
    await until('the event', () => stream.events.length === 1);
    stream.close();
  });

  test('what was committed while the database was away from this process is told once it is back', async () => {
    await using proxy = await startProxy();
    await using server = await startTroupe({ databaseUrl: (url) => proxy.through(url) });
    const { key, account_id } = await server.grant({ account: 'cut', name: 'k' }, 0);
    const stop = new AbortController();
    const told: string[] = [];
    // By the client: a stream whose key can't be looked up may end, and is resumed.
    const reading = (async () => {
      const reader = createClient({ baseUrl: server.url, key });
      for await (const { task } of followTasks(reader, { signal: stop.signal })) told.push(task.id);
    })().catch(() => undefined);
    await until('its beginning', async () => {
      await insert(server.database, account_id, `task-unified-1-begin${Math.random().toString(36).slice(2, 10)}`);
      return told.length > 0;
    });
    proxy.cut();
    await until('a look in vain', () => server.log.some((line) => line.includes('changes of tasks could not be read')));
    const ids = Array.from({ length: 20 }, (_, at) => `task-unified-1-away${at}`);
    for (const id of ids) await insert(server.database, account_id, id);
    proxy.mend();
    await until('all of them', () => ids.every((id) => told.includes(id)));
    expect(told.filter((id) => id.includes('away')).toSorted()).toEqual(ids.toSorted());
    stop.abort();
    await reading;
  });

  test('when more changes in one moment than one page holds', async () => {
    const { key, account_id } = await troupe.grant({ account: 'many', name: 'k' }, 0);
    const stream = open('/v1/events', { key });
    const start = await until('its position', () => stream.lastId());
    stream.close();
    await sql`insert into tasks (id, account_id, api_key_id, model, type, request, billing_rule, reserved_microcredits)
      select 'task-unified-1-many' || n, ${account_id}, 1, 'kling-custom-element', 'video',
        '{"kind":"element","engine":"nothing","sources":[]}', 'per_call', 0 from generate_series(1, 450) n`.execute(
      troupe.database.db,
    );
    const resumed = open('/v1/events', { key, lastEventId: start });
    await until('all', () => resumed.events.length >= 450);
    expect(new Set(resumed.events.map(({ task }) => task.id)).size).toBe(450);
    const middle = resumed.events[222]?.id as string;
    resumed.close();
    const rest = open('/v1/events', { key, lastEventId: middle });
    await until('the rest', () => rest.events.length >= 450 - 223);
    const all = [...resumed.events.slice(0, 223), ...rest.events].map(({ task }) => task.id);
    expect([all.length, new Set(all).size]).toEqual([450, 450]);
    rest.close();
  });
});

describe('across processes', () => {
  test('what another process commits is told here, by its notification', async () => {
    const mine = await own('elsewhere');
    const second = await startTroupe({
      databaseUrl: () => troupe.database.url,
      environment: { TROUPE_DATA_DIR: troupe.config.dataFolder },
    });
    try {
      const stream = open('/v1/events', { key: mine.key, url: second.url });
      await until('its position', () => stream.lastId());
      const id = await mine.make();
      await until('the end', () => stream.events.some(({ task }) => task.id === id && task.status === 'completed'));
      stream.close();
    } finally {
      await second[Symbol.asyncDispose]();
    }
  });
});

describe('GET /v1/tasks/{task_id}?wait=', () => {
  test('answers once the status is another than it was', async () => {
    const { gate, body } = gated('waited');
    const id = await submit(body);
    await gate.asked;
    const waiting = waitForStatus(client, id, 60);
    gate.open();
    expect((await waiting).status).toBe('completed');
  });

  test('answers the task as it is when the time is over', async () => {
    const { gate, body } = gated('waited-in-vain');
    const id = await submit(body);
    await gate.asked;
    await until('its work', async () => (await waitForStatus(client, id, 1)).status === 'processing');
    expect((await waitForStatus(client, id, 1)).status).toBe('processing');
    gate.open();
  });

  test('answers a finished task at once', async () => {
    const id = await submit();
    await troupe.waitForEnd(id);
    expect((await waitForStatus(client, id, 60)).status).toBe('completed');
  });

  test.each(['0', '61', '-1', '1.5', 'x', ''])('400 for wait=%s', async (wait) => {
    const id = await submit();
    const { status, body } = await troupe.call('GET', `/v1/tasks/${id}?wait=${wait}`);
    if (wait === '') expect(status).toBe(200);
    else expect([status, body.error.param]).toEqual([400, 'wait']);
  });
});

describe('a stream ends', () => {
  test('when its key is disabled, within a moment', async () => {
    const { key, key_id } = await troupe.grant({ account: 'revoked', name: 'k' }, 0);
    const stream = open('/v1/events', { key });
    await until('its position', () => stream.lastId());
    await editKey(troupe.database.db, 'server', key_id, { disabled: true }, new Date());
    await stream.done;
    expect(stream.state.ended).toBe(true);
    expect((await troupe.call('GET', '/v1/events', { key })).status).toBe(402);
  });

  test('when its key ends by a date that was set after it was opened', async () => {
    const { key, key_id } = await troupe.grant({ account: 'ending', name: 'k' }, 0);
    const stream = open('/v1/events', { key });
    await until('its position', () => stream.lastId());
    await editKey(troupe.database.db, 'server', key_id, { expires_at: new Date(Date.now() + 2_000) }, new Date());
    await stream.done;
    expect(stream.state.ended).toBe(true);
    expect((await troupe.call('GET', '/v1/events', { key })).body.error.code).toBe('key_expired');
  });

  test("when its key's role no longer lets it follow another account", async () => {
    const { key, key_id } = await troupe.grant({ account: 'house', name: 'k', role: 'admin' }, 0);
    const stream = open(`/v1/events?account=${troupe.key.account_id}`, { key });
    await until('its position', () => stream.lastId());
    await editKey(troupe.database.db, 'server', key_id, { role: 'caller' }, new Date());
    await stream.done;
    expect(stream.state.ended).toBe(true);
    expect((await troupe.call('GET', `/v1/events?account=${troupe.key.account_id}`, { key })).status).toBe(404);
  });

  test('in order when the server stops, and the waiting query is answered', async () => {
    await using short = await startTroupe({ environment: { TROUPE_KEY_STREAMS: '2' } });
    const stream = open('/v1/events', { key: short.key.key, url: short.url });
    await until('its position', () => stream.lastId());
    const { body } = await short.submit(imageRequest(origin.url('/duck.jpg')));
    // Again where the look below was faster and had its place.
    const waiting = until('its place', async () => {
      const answer = await short.call('GET', `/v1/tasks/${body.id}?wait=60`);
      return answer.status !== 429 && answer;
    });
    // A third would be refused only while the two are there.
    await until(
      'both at the server',
      async () => (await short.call('GET', `/v1/tasks/${body.id}?wait=1`)).status === 429,
    );
    await short.stop();
    await stream.done;
    expect(stream.state.ended).toBe(true);
    expect(await waiting).toMatchObject({ status: 200, body: { id: body.id, status: 'pending' } });
  });

  test('a key may have so many and no more, and a closed one makes room', async () => {
    await using small = await startTroupe({ environment: { TROUPE_KEY_STREAMS: '2' } });
    const streams = [1, 2].map(() => open('/v1/events', { key: small.key.key, url: small.url }));
    await until('both', () => streams.every((stream) => stream.lastId()));
    const third = await small.call('GET', '/v1/events');
    expect([third.status, third.body.error.code]).toEqual([429, 'rate_limit_exceeded']);
    streams[0]?.close();
    const fourth = await until('room', async () => {
      const stream = open('/v1/events', { key: small.key.key, url: small.url });
      await stream.begun;
      return stream.state.status === 200 && stream;
    });
    fourth.close();
    streams[1]?.close();
  });

  test('for a reader that does not read: it is cut off, and costs the others nothing', async () => {
    // Long enough that the good reader, which shares a process with the server here, is never slow by the machine's fault.
    await using small = await startTroupe({ environment: { TROUPE_WRITE_SECONDS: '10' } });
    const { account_id, key } = small.key;
    const stop = new AbortController();
    const good = await countEvents(small.url, key, stop.signal);
    const socket = connectSocket({ port: small.port, host: '127.0.0.1' });
    socket.on('error', () => undefined).pause();
    socket.write(`GET /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\n\r\n`);
    const cutOff = (line: string) => line.includes('"route":"/v1/events"') && line.includes('"cut_off":true');
    let round = 0;
    await until('the cut', async () => {
      if (round === 12) return small.log.some(cutOff);
      round += 1;
      await sql`insert into tasks (id, account_id, api_key_id, model, type, request, billing_rule, reserved_microcredits, status, finished_at, charged_microcredits, result_data, results)
        select 'task-unified-1-flood' || ${round}::text || '-' || n, ${account_id}, 1, 'kling-custom-element', 'video',
          '{"kind":"element","engine":"nothing","sources":[]}', 'per_call', 0, 'completed', now(), 0,
          jsonb_build_object('filler', repeat('x', 20000)), '[]' from generate_series(1, 100) n`.execute(
        small.database.db,
      );
      await until('the good reader', () => good.seen >= round * 100);
      return small.log.some(cutOff);
    });
    socket.destroy();
    stop.abort();
  });
});

/** A reader that keeps nothing; resolves once its stream has begun. */
async function countEvents(url: string, key: string, signal: AbortSignal): Promise<{ seen: number }> {
  const answer = await fetch(`${url}/v1/events`, { headers: { authorization: `Bearer ${key}` }, signal });
  const reader = (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  const mark = 'event: task\n';
  const count = { seen: 0 };
  let rest = (await reader.read()).value ?? '';
  void (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const text = rest + value;
      count.seen += text.split(mark).length - 1;
      rest = text.slice(1 - mark.length);
    }
  })().catch(() => undefined);
  return count;
}

describe('the client', () => {
  test('follows one task to its end', async () => {
    const id = await submit();
    const states: string[] = [];
    for await (const task of followTask(client, id)) states.push(task.status);
    expect(states.at(-1)).toBe('completed');
  });

  test('leaves no connection and no clock behind when it has seen enough, which would keep a program from ending', async () => {
    const { key, make } = await own('brief');
    const signals: (AbortSignal | null | undefined)[] = [];
    const watched: typeof fetch = (input, init) => {
      signals.push(init?.signal);
      return fetch(input, init);
    };
    const reader = createClient({ baseUrl: troupe.url, key, fetch: watched });
    const id = await make();
    for await (const task of followTask(reader, id)) expect(task.id).toBe(id);
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
    for await (const _ of followTask(reader, id)) break;
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, true]);
    await waitForTask(reader, id);
    expect(signals.every((signal) => signal?.aborted)).toBe(true);
  });

  test('waits by events, with one request', async () => {
    const requests: string[] = [];
    const counting = createClient({
      baseUrl: troupe.url,
      key: troupe.key.key,
      fetch: (input, init) => {
        requests.push(String(input));
        return fetch(input, init);
      },
    });
    const id = await submit();
    expect((await waitForTask(counting, id)).status).toBe('completed');
    expect(requests).toEqual([`${troupe.url}/v1/tasks/${id}/events`]);
  });

  test('waits by queries where the events can not be had', async () => {
    const polling = createClient({
      baseUrl: troupe.url,
      key: troupe.key.key,
      retriesMax: 0,
      fetch: async (input, init) =>
        String(input).endsWith('/events') ? new Response('<html>', { status: 404 }) : await fetch(input, init),
    });
    const id = await submit();
    expect((await waitForTask(polling, id, { firstPauseMs: 20 })).status).toBe('completed');
  });

  test('throws what the query throws for a task that is not there', async () => {
    const error = (await waitForTask(client, 'task-unified-1-never').catch((reason) => reason)) as TroupeError;
    expect(error.code).toBe('task_not_found');
  });
});

test('disableKey alone, without a word to the processes, ends no stream but opens none either', async () => {
  const { key, key_id } = await troupe.grant({ account: 'silent revocation', name: 'k' }, 0);
  await disableKey(troupe.database.db, key_id, new Date());
  await until('the cache to forget', async () => (await troupe.call('GET', '/v1/events', { key })).status === 402);
});
