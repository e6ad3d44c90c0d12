import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import {
  type LedgerLine,
  type LedgerPlace,
  listLedger,
  listTransfers,
  presentCredits,
} from '../../../../credits/index.ts';
import type { Context } from '../../../../flow/index.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { accountFields, chooseAccount } from '../choose-account.ts';
import { describePage, loadPage, type PagedList, pageFields, readIdBefore } from '../cursor-page.ts';
import { describeErrors } from '../describe-errors.ts';
import { writeCsvLine } from '../write-csv.ts';

const TransferLine = Type.Object(
  {
    transfer_id: Type.Integer(),
    kind: Type.Enum(['top_up', 'withdraw', 'reserve', 'settle', 'refund', 'release'], {
      type: 'string',
      description:
        '`reserve` holds credits for a task; `settle` charges them, `release` gives the rest back, `refund` all.',
    }),
    credits: Type.Number({ minimum: 0, description: 'How many were moved; `kind` says where to.' }),
    task_id: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
    note: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
    created_at: Type.String({ format: 'date-time' }),
    balance_after: Type.Optional(
      Type.Number({
        description: 'What could be reserved after it, as of when the first page was read. Not with `task_id`.',
      }),
    ),
  },
  { title: 'Transfer' },
);

const columns = ['transfer_id', 'kind', 'credits', 'task_id', 'note', 'created_at', 'balance_after'] as const;

const taskField = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 64,
    'x-text': 'plain',
    description:
      'Only what was held for this task, charged for it and given back; nothing for a task of somebody else.',
  }),
);

/** With its balances where the whole ledger is read. */
type Line = Omit<LedgerLine, 'balance_after_microcredits' | 'balance_before_microcredits'> &
  Partial<Pick<LedgerLine, 'balance_after_microcredits' | 'balance_before_microcredits'>>;

/** Rows that are read at once for a CSV. */
const batch = 1000;

/** The ledger of an account. */
export function registerTransfers(app: FastifyInstance, context: Context): void {
  const { db } = context.database;
  const page = describePage(TransferLine);
  withSchemaTypes(app).route({
    method: 'GET',
    url: '/v1/credits/transfers',
    config: { access: 'manager' },
    schema: {
      operationId: 'listTransfers',
      summary: "The account's ledger, newest first",
      description:
        'With `Accept: text/csv` the same as CSV, streamed: all of it, or as many rows as `limit` says. A text that a spreadsheet would ' +
        'run as a formula has an apostrophe before it there.',
      tags: ['Usage'],
      querystring: Type.Object({ ...pageFields, ...accountFields, task_id: taskField }),
      response: {
        200: {
          description: 'Done.',
          content: { 'application/json': { schema: page }, 'text/csv': { schema: { type: 'string' } } },
        },
        ...describeErrors(400, 401, 402, 403, 404, 429, 500, 503),
      },
    },
    handler: async (request, reply) => {
      const { account, task_id, ...query } = request.query;
      const accountId = await chooseAccount(context, request.caller, account);
      const list =
        task_id === undefined ? listAll(context.database, accountId) : listOfTask(context.database, accountId, task_id);
      reply.header('vary', 'accept');
      const { limit } = query;
      if (prefersCsv(request)) {
        // The cursor is judged before anything is sent.
        const first = await loadPage<Line>({ ...query, limit: limit ?? batch }, list);
        const more = (place: LedgerPlace) => listLedger(db, accountId, place, batch);
        return sendCsv(reply, first.rows, limit === undefined && first.next_cursor !== null ? more : null);
      }
      const { rows, next_cursor } = await loadPage<Line>(query, list);
      return reply.send({ data: rows.map(presentTransfer), next_cursor });
    },
  });
}

function listAll({ db }: Context['database'], accountId: number): PagedList<Line> {
  return {
    list: 'transfers',
    shape: ['number', 'number'],
    keysOf: ({ id, balance_before_microcredits = 0 }) => [id, balance_before_microcredits],
    load: (after, countMax) => listLedger(db, accountId, readPlace(after), countMax),
  };
}

/** The few that a task has, without the balances: what others moved between them isn't read. */
function listOfTask({ db }: Context['database'], accountId: number, taskId: string): PagedList<Line> {
  return {
    list: 'task-transfers',
    shape: ['number'],
    keysOf: ({ id }) => [id],
    load: (after, countMax) =>
      listTransfers(db, {
        account_id: accountId,
        task_id: taskId,
        id_before: readIdBefore(after),
        count_max: countMax,
      }),
  };
}

function readPlace(after: readonly (string | number)[] | null): LedgerPlace | null {
  if (after === null) return null;
  const [id, balance_microcredits] = after as [number, number];
  return { id, balance_microcredits };
}

function sendCsv(
  reply: FastifyReply,
  first: readonly Line[],
  more: ((place: LedgerPlace) => Promise<LedgerLine[]>) | null,
): FastifyReply {
  reply.type('text/csv; charset=utf-8; header=present');
  reply.header('content-disposition', 'attachment; filename="transfers.csv"');
  return reply.send(Readable.from(writeLines(first, more)));
}

async function* writeLines(
  first: readonly Line[],
  more: ((place: LedgerPlace) => Promise<LedgerLine[]>) | null,
): AsyncGenerator<string> {
  yield `${columns.join(',')}\r\n`;
  for (let lines = first; lines.length > 0; ) {
    yield lines.map((line) => writeCells(line)).join('');
    const { id, balance_before_microcredits: balance_microcredits = 0 } = lines.at(-1) as Line;
    lines = more === null ? [] : await more({ id, balance_microcredits });
  }
}

function writeCells(line: Line): string {
  const shown = presentTransfer(line);
  return writeCsvLine(columns.map((column) => shown[column] ?? null));
}

function presentTransfer(line: Line) {
  const { balance_after_microcredits: balance } = line;
  return {
    transfer_id: line.id,
    kind: line.kind,
    credits: presentCredits(line.amount_microcredits),
    task_id: line.task_id,
    note: line.note,
    created_at: line.created_at.toISOString(),
    ...(balance === undefined ? {} : { balance_after: presentCredits(balance) }),
  };
}

/** Whether CSV is asked for by name, and JSON isn't asked for more. */
function prefersCsv({ headers }: FastifyRequest): boolean {
  const wishes = (headers.accept ?? '')
    .toLowerCase()
    .split(',')
    .map((wish) => wish.trim());
  const weightOf = (type: string) => {
    const found = wishes.find((wish) => wish.split(';')[0]?.trim() === type);
    return found === undefined ? 0 : Number(/;\s*q=([\d.]+)/.exec(found)?.[1] ?? 1);
  };
  return weightOf('text/csv') > 0 && weightOf('text/csv') >= weightOf('application/json');
}
