import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { findScope } from '../../../../accounts/index.ts';
import { type Context, showTask } from '../../../../flow/index.ts';
import { type FeedEvent, type Following, type Position, parsePosition, type Task } from '../../../../tasks/index.ts';
import { readOrigin } from '../../../connections/read-address.ts';
import { describeEvents } from '../../../document/describe-api.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { invalidRequest } from '../../../errors.ts';
import type { OpenStreams } from '../../../open-streams.ts';
import { type StreamEvent, streamEvents } from '../../../stream-events.ts';
import { accountFields, chooseAccount } from '../choose-account.ts';
import { describeErrors } from '../describe-errors.ts';
import { readTask, TaskId } from '../read-task.ts';

const Headers = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({
      description: 'The `id` of the last event that was read, of the last 15 minutes: the stream goes on behind it.',
    }),
  ),
});

/** The changes of tasks as they happen. */
export function registerEvents(app: FastifyInstance, context: Context, streams: OpenStreams): void {
  const routes = withSchemaTypes(app);
  const present = createPresenter(context);

  routes.route({
    method: 'GET',
    url: '/v1/tasks/:task_id/events',
    config: { access: 'caller' },
    exposeHeadRoute: false,
    schema: {
      operationId: 'followTask',
      summary: 'Follow a task',
      description:
        'An event stream: `event: task` with the task as the query answers it, at once and after each change; ends after the last one. ' +
        'A stream that goes on behind the last one is answered 204, so that a browser stops asking.',
      tags: ['Events'],
      params: TaskId,
      headers: Headers,
      response: {
        ...describeEvents(),
        204: { type: 'null', description: 'There is nothing more to come.' },
        ...describeErrors(400, 401, 402, 404, 429, 500, 503),
      },
    },
    handler: async (request, reply) => {
      const since = readPosition(request);
      const { id, account_id } = await readTask(context, findScope(request.caller), request.params.task_id);
      const open = streams.open(request);
      const { signal, close } = open;
      const following = context.feed.follow({ accountId: account_id, taskId: id, signal, ...(since && { since }) });
      const first = await readFirst(following, close);
      if (first === null) {
        close();
        return reply.code(204).send();
      }
      return streamEvents(reply, present(following, request, [first]), open);
    },
  });

  routes.route({
    method: 'GET',
    url: '/v1/events',
    config: { access: 'caller' },
    exposeHeadRoute: false,
    schema: {
      operationId: 'followTasks',
      summary: "Follow the account's tasks",
      description:
        'An event stream: `event: task` with each task after each change, from now on or behind `Last-Event-ID`. A comment every 15 s keeps ' +
        'it open and brings the newest id. `event: missed` comes first where the given id is too old to go on from: then list what changed.',
      tags: ['Events'],
      headers: Headers,
      querystring: Type.Object({ ...accountFields }),
      response: { ...describeEvents(), ...describeErrors(400, 401, 402, 404, 429, 500, 503) },
    },
    handler: async (request, reply) => {
      const since = readPosition(request);
      const accountId = await chooseAccount(context, request.caller, request.query.account);
      const open = streams.open(request);
      const { signal, close } = open;
      const following = context.feed.follow({ accountId, signal, ...(since && { since }) });
      const first = await readFirst(following, close);
      return streamEvents(reply, present(following, request, first === null ? [] : [first]), open);
    },
  });
}

/** The first event, before anything is sent: what goes wrong with it is answered like any other fault. */
async function readFirst({ events }: Following, close: () => void): Promise<FeedEvent | null> {
  try {
    const { value } = await events.next();
    return value ?? null;
  } catch (error) {
    close();
    throw error;
  }
}

/** Throws 400 `invalid_request` for an id that no event has had. */
function readPosition({ headers }: FastifyRequest): Position | undefined {
  const text = headers['last-event-id'];
  if (text === undefined || text === '') return undefined;
  const position = parsePosition(String(text));
  if (position !== null) return position;
  throw invalidRequest({
    param: 'Last-Event-ID',
    message: 'Last-Event-ID: must be the id of an event of this server, as it came',
  });
}

/** One row is shown to many readers: what it looks like is made once for all that reached the server by the same address. */
function createPresenter(context: Context) {
  const shown = new WeakMap<Task, Map<string, Promise<string>>>();

  function show(task: Task, origin: string | undefined): Promise<string> {
    const known = shown.get(task) ?? new Map<string, Promise<string>>();
    shown.set(task, known);
    const key = origin ?? '';
    const found = known.get(key) ?? showTask(context, task, origin).then((one) => JSON.stringify(one));
    known.set(key, found);
    return found;
  }

  return (following: Following, request: FastifyRequest, first: readonly FeedEvent[]) => {
    const origin = readOrigin(request);
    async function* list(): AsyncGenerator<StreamEvent, void, void> {
      for (const event of first) yield* presentOne(event);
      for await (const event of following.events) yield* presentOne(event);
    }
    async function* presentOne({ id, task, missed }: FeedEvent): AsyncGenerator<StreamEvent, void, void> {
      if (task !== undefined) yield { id, event: 'task', data: await show(task, origin) };
      else if (missed) yield { id, event: 'missed', data: '{}' };
      else yield { id };
    }
    return { events: list(), position: following.position };
  };
}
