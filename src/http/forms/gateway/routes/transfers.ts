import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type LedgerLine, type LedgerPlace, listLedger, presentCredits } from '../../../../credits/index.ts';
import type { Context } from '../../../../flow/index.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { accountFields, chooseAccount } from '../choose-account.ts';
import { describePage, loadPage, pageFields } from '../cursor-page.ts';
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
    balance_after: Type.Number({ description: 'What could be reserved after it, as of when the first page was read.' }),
  },
  { title: 'Transfer' },
);

const columns = ['transfer_id', 'kind', 'credits', 'task_id', 'note', 'created_at', 'balance_after'] as const;

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
      querystring: Type.Object({ ...pageFields, ...accountFields }),
      response: {
        200: {
          description: 'Done.',
          content: { 'application/json': { schema: page }, 'text/csv': { schema: { type: 'string' } } },
        },
        ...describeErrors(400, 401, 402, 403, 404, 429, 500, 503),
      },
    },
    handler: async (request, reply) => {
      const { account, ...query } = request.query;
      const accountId = await chooseAccount(context, request.caller, account);
      const list = {
        list: 'transfers',
        shape: ['number', 'number'] as const,
        keysOf: (line: LedgerLine) => [line.id, line.balance_before_microcredits],
        load: (after: readonly (string | number)[] | null, countMax: number) =>
          listLedger(db, accountId, readPlace(after), countMax),
      };
      reply.header('vary', 'accept');
      const { limit } = query;
      if (prefersCsv(request)) {
        // The cursor is judged before anything is sent.
        const first = await loadPage<LedgerLine>({ ...query, limit: limit ?? batch }, list);
        const more = (place: LedgerPlace) => listLedger(db, accountId, place, batch);
        return sendCsv(reply, first.rows, limit === undefined && first.next_cursor !== null ? more : null);
      }
      const { rows, next_cursor } = await loadPage<LedgerLine>(query, list);
      return reply.send({ data: rows.map(presentTransfer), next_cursor });
    },
  });
}

function readPlace(after: readonly (string | number)[] | null): LedgerPlace | null {
  if (after === null) return null;
  const [id, balance_microcredits] = after as [number, number];
  return { id, balance_microcredits };
}

function sendCsv(
  reply: FastifyReply,
  first: readonly LedgerLine[],
  more: ((place: LedgerPlace) => Promise<LedgerLine[]>) | null,
): FastifyReply {
  reply.type('text/csv; charset=utf-8; header=present');
  reply.header('content-disposition', 'attachment; filename="transfers.csv"');
  return reply.send(Readable.from(writeLines(first, more)));
}

async function* writeLines(
  first: readonly LedgerLine[],
  more: ((place: LedgerPlace) => Promise<LedgerLine[]>) | null,
): AsyncGenerator<string> {
  yield `${columns.join(',')}\r\n`;
  for (let lines = first; lines.length > 0; ) {
    yield lines.map((line) => writeCells(line)).join('');
    const last = lines.at(-1) as LedgerLine;
    lines = more === null ? [] : await more({ id: last.id, balance_microcredits: last.balance_before_microcredits });
  }
}

function writeCells(line: LedgerLine): string {
  const shown = presentTransfer(line);
  return writeCsvLine(columns.map((column) => shown[column]));
}

function presentTransfer(line: LedgerLine) {
  return {
    transfer_id: line.id,
    kind: line.kind,
    credits: presentCredits(line.amount_microcredits),
    task_id: line.task_id,
    note: line.note,
    created_at: line.created_at.toISOString(),
    balance_after: presentCredits(line.balance_after_microcredits),
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
