import { type Command, exitCodes, parseNumber } from '../../cli/index.ts';
import { getAccountByName } from '../accounts/index.ts';
import { checkLedger, listTransfers, presentCredits } from '../credits/index.ts';
import { withDatabase } from './with-database.ts';

export const listTransfersCommand: Command = {
  summary: "Lists an account's transfers, the newest first.",
  options: {
    account: { type: 'string', required: true, describe: 'name of the account' },
    limit: {
      type: 'string',
      describe: 'how many at most, 1 to 1000 (default 100)',
      check: (text) => parseNumber('limit', text),
    },
    before: {
      type: 'string',
      describe: 'only those older than this transfer',
      check: (text) => parseNumber('before', text),
    },
    task: { type: 'string', describe: 'only what was held for this task, charged for it and given back' },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  async run(values, environment) {
    return await withDatabase(environment, async (db) => {
      const account = await getAccountByName(db, values.account as string);
      const before = parseNumber('before', values.before);
      const transfers = await listTransfers(db, {
        account_id: account.id,
        task_id: values.task as string | undefined,
        count_max: parseNumber('limit', values.limit) ?? 100,
        ...(before === undefined ? {} : { id_before: before }),
      });
      const data = transfers.map(({ id, kind, amount_microcredits, task_id, note, created_at }) => ({
        transfer_id: id,
        kind,
        credits: presentCredits(amount_microcredits),
        task_id,
        note,
        created_at,
      }));
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ data })}\n`
          : `${data.map((one) => `${String(one.transfer_id).padStart(6)}  ${one.created_at.toISOString()}  ${one.kind.padEnd(8)}  ${one.credits}  ${one.task_id ?? one.note ?? ''}\n`).join('')}${data.length} transfer(s)\n`,
      );
      return 0;
    });
  },
};

export const checkLedgerCommand: Command = {
  summary: 'Replays the whole ledger against the balances; exit code 1 when anything is wrong.',
  options: {
    'at-rest': { type: 'boolean', describe: 'no task is unfinished: an open reservation is wrong too' },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  async run(values, environment) {
    return await withDatabase(environment, async (db) => {
      const discrepancies = await checkLedger(db, { at_rest: values['at-rest'] === true });
      const whole = discrepancies.length === 0;
      const lines = discrepancies.map(({ rule, account_id, task_id, detail }) => {
        return `${rule}  account ${account_id}${task_id === null ? '' : `, task ${task_id}`}: ${detail}\n`;
      });
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ whole, discrepancies })}\n`
          : whole
            ? 'the ledger is whole\n'
            : lines.join(''),
      );
      return whole ? exitCodes.done : exitCodes.failed;
    });
  },
};
