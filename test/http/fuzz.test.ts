import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertElement } from '../../src/elements/index.ts';
import { listModels, type Model } from '../../src/models/index.ts';
import { type Answer, createCaller } from '../helpers/call.ts';
import { type AnswerChecker, createAnswerChecker } from '../helpers/check-answers.ts';
import { generateFromSchema, listMutations, type SchemaNode } from '../helpers/generate-from-schema.ts';
import { loadBooks } from '../helpers/load-books.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { castOf, generateVideoBody } from '../helpers/video-requests.ts';

let troupe: StartedTroupe;
let checker: AnswerChecker;

beforeAll(async () => {
  troupe = await startTroupe({
    environment: {
      TROUPE_PRICE_KLING_CUSTOM_ELEMENT: '0.001',
      TROUPE_PRICE_KLING_O3: '0',
      TROUPE_PRICE_KLING_O3_WITH_VIDEO: '0',
      TROUPE_PRICE_KLING_V3: '0',
      TROUPE_PRICE_KLING_V3_MOTION_CONTROL: '0',
      TROUPE_PRICE_KLING_V3_TURBO: '0',
      TROUPE_PRICE_KLING_O1: '0',
      TROUPE_PRICE_KLING_O1_WITH_VIDEO: '0',
    },
  });
  checker = createAnswerChecker((await troupe.call('GET', '/openapi.json')).body);
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
});

const generations = '/v1/videos/generations';
const media = fc.constantFrom('https://example.com/a.jpg', 'http://example.com/b?c=d');
const schema = listModels()[0]?.requestSchema as unknown as SchemaNode;
const request = generateFromSchema(schema, media).map((body) => {
  const { callback_url: _, ...rest } = body as Record<string, unknown>;
  return rest;
});
const runs = { numRuns: 150 };

/** An answer that the document allows, and no fault of the server. */
function expectDocumented(answer: Answer, method: string, template: string): void {
  expect(answer.status).toBeLessThan(500);
  expect(checker.check(method, template, answer)).toBe('');
}

test('every request that the schema allows is accepted', async () => {
  await fc.assert(
    fc.asyncProperty(request, async (body) => {
      const answer = await troupe.submit(body);
      expectDocumented(answer, 'POST', generations);
      expect(answer.body.error ?? null, JSON.stringify(body)).toBeNull();
    }),
    runs,
  );
});

test('every request with one fault is refused with 400 and names it', async () => {
  await fc.assert(
    fc.asyncProperty(request, fc.nat(), async (body, choice) => {
      const branch = (body as { model_params: { reference_type: string } }).model_params.reference_type;
      const params = (schema.properties?.model_params?.anyOf ?? []).find(
        (one) => one.properties?.reference_type?.const === branch,
      );
      const flat = { ...schema, properties: { ...schema.properties, model_params: params as SchemaNode } };
      const mutations = listMutations(flat, body).filter(
        ({ param }) => !/reference_type|^model$|url|image$/.test(param),
      );
      const mutation = mutations[choice % mutations.length];
      const answer = await troupe.submit(mutation?.apply() ?? null);
      expectDocumented(answer, 'POST', generations);
      expect([400, 404], `${mutation?.param} ${mutation?.label}`).toContain(answer.status);
    }),
    runs,
  );
});

const videoModels = listModels().filter(({ id, type }) => type === 'video' && id !== 'kling-custom-element');

/** Bodies that `model` takes, with media addresses that the server takes too and without a callback. */
function generateVideoRequest(model: Model) {
  return generateVideoBody(model).map(({ callback_url: _, ...body }) =>
    JSON.parse(JSON.stringify(body), (_, value) =>
      typeof value === 'string' && /^https?:/.test(value) ? 'https://example.com/a' : value,
    ),
  );
}

/** The elements that generated videos name, of the kind that `model` takes. */
async function keepElements({ id }: Model): Promise<void> {
  const { db } = troupe.database;
  const reference_type = id === 'kling-v3-motion-control' ? ('video_refer' as const) : ('image_refer' as const);
  await sql`delete from elements`.execute(db);
  for (const [at, { element_id }] of castOf(7).entries()) {
    const names = {
      name: 'n',
      description: 'd',
      voice_id: null,
      tags: [],
      labels: [],
      task_id: `${at}`,
      engine: 'local',
    };
    const manifest = { files: [], sources: [] } as never;
    const account_id = troupe.key.account_id;
    await insertElement(db, { id: Number(element_id), account_id, reference_type, manifest, ...names }, []);
  }
}

describe.each(videoModels)('$id', (model) => {
  const video = generateVideoRequest(model);
  const some = { numRuns: 25 };
  beforeAll(() => keepElements(model));

  test('every request that its schema and its rules allow is accepted', async () => {
    await fc.assert(
      fc.asyncProperty(video, async (body) => {
        const answer = await troupe.submit(body);
        expectDocumented(answer, 'POST', generations);
        expect(answer.body.error ?? null, JSON.stringify(body)).toBeNull();
      }),
      some,
    );
  });

  test('every request with one fault is refused with 400 or taken for what it can only mean', async () => {
    const { requestSchema } = model;
    await fc.assert(
      fc.asyncProperty(video, fc.nat(), async (body, choice) => {
        const mutations = listMutations(requestSchema as unknown as SchemaNode, body);
        const mutation = mutations[choice % mutations.length];
        const answer = await troupe.submit(mutation?.apply() ?? null);
        expectDocumented(answer, 'POST', generations);
        expect([200, 400, 404], `${mutation?.param} ${mutation?.label}`).toContain(answer.status);
      }),
      some,
    );
  });
});

test('whatever is sent to any path, no answer is a fault of the server or undocumented', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('\0', '%00', '../x', "' or 1=1 --", '🦆'),
  );
  const attempt = fc.oneof(
    fc.record({ kind: fc.constant('submit' as const), body: fc.oneof(fc.jsonValue(), fc.json(), text) }),
    fc.record({
      kind: fc.constant('batch' as const),
      body: fc.oneof(fc.jsonValue(), fc.record({ task_ids: fc.array(text) })),
    }),
    fc.record({
      kind: fc.constant('get' as const),
      id: fc.oneof(
        text,
        text.map((rest) => `task-unified-${rest}`),
      ),
    }),
    fc.record({
      kind: fc.constant('cancel' as const),
      id: fc.oneof(
        text,
        text.map((rest) => `task-unified-${rest}`),
      ),
    }),
    fc.record({
      kind: fc.constant('list' as const),
      name: fc.constantFrom('page', 'page_size', 'status', 'type', 'model', 'x'),
      value: text,
    }),
  );
  await fc.assert(
    fc.asyncProperty(attempt, async (one) => {
      if (one.kind === 'submit') expectDocumented(await troupe.submit(one.body), 'POST', generations);
      else if (one.kind === 'batch') {
        const answer = await troupe.call('POST', '/v1/tasks/batch', { body: one.body });
        expectDocumented(answer, 'POST', '/v1/tasks/batch');
      } else if (one.kind === 'list') {
        const answer = await troupe.call('GET', `/v1/tasks?${one.name}=${encode(one.value)}`);
        expectDocumented(answer, 'GET', '/v1/tasks');
      } else {
        const id = encode(one.id);
        if (id === '' || id === '.' || id === '..') return;
        const [method, end] = one.kind === 'get' ? ['GET', ''] : ['POST', '/cancel'];
        const answer = await troupe.call(method as string, `/v1/tasks/${id}${end}`);
        if (answer.status !== 404) expectDocumented(answer, method as string, `/v1/tasks/{task_id}${end}`);
      }
    }),
    { numRuns: 300 },
  );
});

const encode = (text: string) => encodeURIComponent(text.toWellFormed());

/** What each account should see, kept beside the server while commands run in any order. */
class World {
  readonly tasks = new Map<string, { account: number; status: 'pending' | 'cancelled' }>();
}
type Real = { callers: ReturnType<typeof createCaller>[] };
const own = (model: World, account: number) => [...model.tasks].filter(([, task]) => task.account === account);

class Submit implements fc.AsyncCommand<World, Real> {
  readonly account: number;
  constructor(account: number) {
    this.account = account;
  }
  check = () => true;
  async run(model: World, real: Real) {
    // A dry run reserves nothing; the list below counts what is reserved.
    const body = { ...(fc.sample(request, 1)[0] as object), dry_run: false };
    const answer = await real.callers[this.account]?.('POST', generations, { body });
    expect(answer?.status).toBe(200);
    model.tasks.set(answer?.body.id, { account: this.account, status: 'pending' });
  }
  toString = () => `submit by ${this.account}`;
}

class Look implements fc.AsyncCommand<World, Real> {
  readonly account: number;
  readonly choice: number;
  constructor(account: number, choice: number) {
    this.account = account;
    this.choice = choice;
  }
  check = (model: Readonly<World>) => model.tasks.size > 0;
  async run(model: World, real: Real) {
    const [id, task] = [...model.tasks][this.choice % model.tasks.size] as [
      string,
      { account: number; status: string },
    ];
    const answer = await real.callers[this.account]?.('GET', `/v1/tasks/${id}`);
    const isMine = task.account === this.account;
    expect(answer?.status).toBe(isMine ? 200 : 404);
    if (isMine) expect(answer?.body.status).toBe(task.status);
  }
  toString = () => `look by ${this.account}`;
}

class Cancel extends Look {
  override async run(model: World, real: Real) {
    const [id, task] = [...model.tasks][this.choice % model.tasks.size] as [
      string,
      { account: number; status: 'pending' | 'cancelled' },
    ];
    const answer = await real.callers[this.account]?.('POST', `/v1/tasks/${id}/cancel`);
    const expected = task.account !== this.account ? 404 : task.status === 'cancelled' ? 409 : 200;
    expect(answer?.status).toBe(expected);
    if (expected === 200) model.tasks.set(id, { ...task, status: 'cancelled' });
  }
  override toString = () => `cancel by ${this.account}`;
}

class List implements fc.AsyncCommand<World, Real> {
  readonly account: number;
  constructor(account: number) {
    this.account = account;
  }
  check = () => true;
  async run(model: World, real: Real) {
    const mine = own(model, this.account);
    const call = real.callers[this.account];
    const all = await call?.('GET', '/v1/tasks?page_size=50');
    expect(all?.body.data.map((task: { id: string }) => task.id).sort()).toEqual(mine.map(([id]) => id).sort());
    const cancelled = await call?.('GET', '/v1/tasks?status=cancelled');
    expect(cancelled?.body.total).toBe(mine.filter(([, task]) => task.status === 'cancelled').length);
    const task_ids = [...model.tasks.keys()].slice(0, 50);
    if (task_ids.length === 0) return;
    const batch = await call?.('POST', '/v1/tasks/batch', { body: { task_ids } });
    expect(batch?.body.data.map((task: { id: string }) => task.id)).toEqual(
      task_ids.filter((id) => model.tasks.get(id)?.account === this.account),
    );
    const credits = await call?.('GET', '/v1/credits');
    const pending = mine.filter(([, task]) => task.status === 'pending').length;
    expect(credits?.body.data.user.reserved_credits).toBeCloseTo(pending * 0.001, 6);
  }
  toString = () => `list by ${this.account}`;
}

test('two tenants submitting, looking, cancelling and listing in any order see their own tasks and nothing else', async () => {
  const account = fc.nat({ max: 1 });
  const commands = fc.commands(
    [
      account.map((who) => new Submit(who)),
      fc.tuple(account, fc.nat()).map(([who, choice]) => new Look(who, choice)),
      fc.tuple(account, fc.nat()).map(([who, choice]) => new Cancel(who, choice)),
      account.map((who) => new List(who)),
    ],
    { maxCommands: 25 },
  );
  let round = 0;
  await fc.assert(
    fc.asyncProperty(commands, async (list) => {
      round += 1;
      const keys = [];
      for (const side of ['a', 'b']) keys.push(await troupe.grant({ account: `${side} ${round}`, name: 'k' }, 1));
      const real = { callers: keys.map(({ key }) => createCaller(troupe.url, key)) };
      await fc.asyncModelRun(() => ({ model: new World(), real }), list);
      for (const { account_id } of keys) await loadBooks(troupe.database.db, account_id);
    }),
    { numRuns: 20, endOnFailure: true },
  );
});
