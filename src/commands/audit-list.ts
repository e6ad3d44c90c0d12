import { type Command, parseNumber } from '../../cli/index.ts';
import { getAccountByName } from '../accounts/index.ts';
import { listAuditLines } from '../audit/index.ts';
import { withDatabase } from './with-database.ts';

export const listAuditLinesCommand: Command = {
  summary: 'Lists what operators changed: who, what and when, the newest first.',
  options: {
    account: { type: 'string', describe: 'only what concerns this account (default all)' },
    limit: {
      type: 'string',
      describe: 'how many at most, 1 to 1000 (default 100)',
      check: (text) => parseNumber('limit', text),
    },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  async run(values, environment) {
    return await withDatabase(environment, async (db) => {
      const name = values.account as string | undefined;
      const account_id = name === undefined ? undefined : (await getAccountByName(db, name)).id;
      const data = await listAuditLines(db, { account_id, count_max: parseNumber('limit', values.limit) });
      const lines = data.map(({ changed_at, actor, action, subject, details }) => {
        return `${changed_at.toISOString()}  ${actor}  ${action}  ${subject}  ${JSON.stringify(details)}\n`;
      });
      process.stdout.write(values.json ? `${JSON.stringify({ data })}\n` : lines.join(''));
      return 0;
    });
  },
};
