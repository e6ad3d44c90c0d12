import { type Command, describeKlingCheck, describeKlingStatus } from '../../cli/index.ts';
import { parseConfig } from '../config.ts';
import type { Db } from '../db/index.ts';
import { showUpstream } from '../flow/index.ts';
import type { Kling } from '../kling/index.ts';
import { openKling } from './open-kling.ts';
import { withDatabase } from './with-database.ts';

const json: Command['options'] = { json: { type: 'boolean', describe: 'print one JSON object' } };

export const klingStatusCommand: Command = {
  summary: 'Shows balance, slots, stops, spending, failures and costs of the Kling account.',
  options: json,
  async run(values, environment) {
    return await withKling(environment, async (db, { reports }) => {
      const status = await showUpstream(db, reports);
      process.stdout.write(values.json ? `${JSON.stringify(status)}\n` : describeKlingStatus(status));
      return 0;
    });
  },
};

export const checkKlingCommand: Command = {
  summary:
    'Tries the Kling account with a few free calls: key, balance, slots, voices, links. Ends with 1 when something is wrong.',
  options: json,
  async run(values, environment) {
    return await withKling(environment, async (_, { reports }) => {
      const check = await reports.checkAccount();
      process.stdout.write(values.json ? `${JSON.stringify(check)}\n` : describeKlingCheck(check));
      return check.ok ? 0 : 1;
    });
  },
};

async function withKling(
  environment: Readonly<Record<string, string | undefined>>,
  work: (db: Db, kling: Kling) => Promise<number>,
): Promise<number> {
  const config = parseConfig(environment);
  return await withDatabase(environment, async (db) => {
    const { kling, close } = openKling(config, db);
    return await work(db, kling).finally(close);
  });
}
