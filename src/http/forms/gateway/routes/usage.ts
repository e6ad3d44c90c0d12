import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { findScope } from '../../../../accounts/index.ts';
import { type Context, listGroupKeys, type ShownUsage, showUsage } from '../../../../flow/index.ts';
import { firstTime, lastTime, parseIsoTime } from '../../../../lib/parse-iso-time.ts';
import { showValue } from '../../../../lib/show-value.ts';
import { type UsageGroup, usageGroups } from '../../../../tasks/index.ts';
import { withSchemaTypes } from '../../../document/schema-types.ts';
import { invalidRequest } from '../../../errors.ts';
import { accountFields, chooseAccount } from '../choose-account.ts';
import { describePage, loadPage, pageFields } from '../cursor-page.ts';
import { describeErrors } from '../describe-errors.ts';

const time = (description: string) =>
  Type.Optional(Type.String({ maxLength: 40, description, examples: ['2026-01-31'] }));

const Query = Type.Object({
  from: time('Its first day, `2026-01-31`, in UTC, or the moment from which on. Default: 30 days up to `to`.'),
  to: time('Its last day, or the moment before which. Default: today.'),
  group_by: Type.Optional(
    Type.String({
      maxLength: 100,
      description: 'Of `day`, `model`, `key` and `status`, comma-separated; without it one row of all.',
      examples: ['day,model'],
    }),
  ),
  ...accountFields,
  ...pageFields,
});

const UsageLine = Type.Object(
  {
    day: Type.Optional(
      Type.String({ description: 'Day in UTC on which the tasks were accepted.', examples: ['2026-01-31'] }),
    ),
    model: Type.Optional(Type.String()),
    key_id: Type.Optional(Type.Integer({ description: 'Also of a key that was deleted since.' })),
    status: Type.Optional(Type.String()),
    tasks: Type.Integer({ minimum: 0 }),
    credits: Type.Number({ minimum: 0, description: 'Charged; unfinished tasks add nothing yet.' }),
  },
  { title: 'UsageLine' },
);

const dayMs = 86_400_000;
const daysMax = 400;

/** A report is read whole; only what no page of a report has is cut. */
const rowsMax = 10_000;

/** What an account's tasks were charged. */
export function registerUsage(app: FastifyInstance, context: Context): void {
  withSchemaTypes(app).route({
    method: 'GET',
    url: '/v1/usage',
    config: { access: 'manager' },
    schema: {
      operationId: 'getUsage',
      summary: 'Tasks and credits by day, model, key and status',
      description:
        `At most ${daysMax} days, in ascending order of the groups. An admin sees all accounts together, or the one that it ` +
        `names. Without \`limit\` and \`cursor\` a page has up to ${rowsMax} rows.`,
      tags: ['Usage'],
      querystring: Query,
      response: { 200: describePage(UsageLine), ...describeErrors(400, 401, 402, 403, 404, 429, 500, 503) },
    },
    handler: async ({ caller, query: { from, to, group_by, account, limit, cursor } }) => {
      const groups = readGroups(group_by);
      const period = readPeriod(from, to, context.clock.now());
      const account_id = account === undefined ? findScope(caller) : await chooseAccount(context, caller, account);
      const isWhole = limit === undefined && cursor === undefined;
      const { rows, next_cursor } = await loadPage<ShownUsage>(
        { limit: isWhole ? rowsMax : limit, cursor },
        {
          list: `usage by ${groups.join(',')}`,
          shape: groups.map((group) => (group === 'key' ? 'number' : group === 'day' ? 'day' : 'string')),
          keysOf: (row) => listGroupKeys(row, groups),
          load: (after, count_max) =>
            showUsage(context.database.db, { ...period, account_id, group_by: groups, after, count_max }),
        },
      );
      return { data: rows, next_cursor };
    },
  });
}

function readGroups(text: string | undefined): UsageGroup[] {
  const names = text === undefined ? [] : text.split(',').map((name) => name.trim());
  const groups = usageGroups.filter((group) => names.includes(group));
  if (groups.length === names.length) return names as UsageGroup[];
  const message = `group_by: must be of ${usageGroups.join(', ')}, each once at most`;
  throw invalidRequest({ param: 'group_by', message });
}

/** A day counts whole, wherever it stands; a time is exact. */
function readPeriod(fromText: string | undefined, toText: string | undefined, now: Date): { from: Date; until: Date } {
  const today = now.toISOString().slice(0, 10);
  const until = readMoment('to', toText ?? today, dayMs);
  const before = new Date(Math.max(until.getTime() - 30 * dayMs, firstTime.getTime()));
  const from = fromText === undefined ? before : readMoment('from', fromText, 0);
  if (from >= until) throw invalidRequest({ param: 'from', message: 'from: must be before to' });
  if (until.getTime() - from.getTime() > daysMax * dayMs) {
    throw invalidRequest({ param: 'from', message: `from: must be at most ${daysMax} days before to` });
  }
  return { from, until };
}

function readMoment(param: string, text: string, dayAddsMs: number): Date {
  const moment = parseIsoTime(text);
  if (moment !== null) {
    const end = moment.getTime() + (text.length === 10 ? dayAddsMs : 0);
    return new Date(Math.min(end, lastTime.getTime()));
  }
  const message = `${param}: is ${showValue(text)}, must be a day like 2026-01-31, or an ISO 8601 time with its offset`;
  throw invalidRequest({ param, message });
}
