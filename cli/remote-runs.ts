import {
  type Account,
  type Client,
  changeKey,
  checkKling,
  checkLedger,
  createAccount,
  createKey,
  deleteKey,
  eachRow,
  getDiagnosis,
  getKey,
  getKlingStatus,
  type Key,
  type KeyChange,
  type KeyWish,
  listAccounts,
  listKeys,
  listTransfers,
  moveCredits,
  type Transfer,
} from '../client/index.ts';
import { parseNumber, UsageError } from './arguments.ts';
import type { Command, OptionValues } from './command.ts';
import { describeAccount } from './describe-account.ts';
import { describeKey } from './describe-key.ts';
import { describeKlingCheck, describeKlingStatus } from './describe-kling.ts';
import { exitCodes } from './exit-codes.ts';
import { openClient } from './open-client.ts';
import { presentDiagnosis } from './present-diagnosis.ts';

type Run = Command['run'];

/** What the commands of the server's machine do with `--remote`: the same over the API, with a manager's or admin's key. */
export const remoteRuns = {
  'keys list': async (values, environment) => {
    const client = openClient(environment);
    const named = values.account === undefined ? {} : { account: values.account as string };
    const data = await collect<Key>((page) => listKeys(client, { limit: 100, ...named, ...page }));
    const now = new Date();
    return tell(values, { data }, `${data.map((key) => describeKey(key, now)).join('')}${data.length} key(s)\n`);
  },
  'keys create': async (values, environment) => {
    if (values.credits !== undefined)
      throw new UsageError("--credits goes without --remote; see 'credits top-up --remote'");
    const named = values.account === undefined ? {} : { account: values.account as string };
    const pair = values.pair === true ? { pair: true } : {};
    const wish = { name: values.name as string, ...named, ...pair, ...readFields(values) } as KeyWish;
    const made = await createKey(openClient(environment), wish);
    const { access_key, secret_key } = made;
    const halves =
      secret_key === undefined ? '' : `Access key: ${access_key}\nSecret key (shown this once): ${secret_key}\n`;
    return tell(values, made, `API key (shown this once):   ${made.key}\n${halves}${describeKey(made, new Date())}`);
  },
  'keys edit': async (values, environment, words) => {
    if (values.role !== undefined) throw new UsageError('--role changes on the server machine only, without --remote');
    const named = values.name === undefined ? {} : { name: values.name as string };
    return await change(values, environment, words, { ...named, ...readFields(values) } as KeyChange);
  },
  'keys disable': (values, environment, words) => change(values, environment, words, { disabled: true }),
  'keys enable': (values, environment, words) => change(values, environment, words, { disabled: false }),
  'keys delete': async (values, environment, words) => {
    const client = openClient(environment);
    const key = await getKey(client, Number(words[0]));
    await deleteKey(client, key.key_id);
    return tell(values, { ...key, deleted: true }, `key ${key.key_id}, ${key.name} (${key.hint}), is deleted\n`);
  },
  'accounts list': async (values, environment) => {
    const client = openClient(environment);
    const data = await collect<Account>((page) => listAccounts(client, { limit: 100, ...page }));
    return tell(values, { data }, `${data.map(describeAccount).join('')}${data.length} account(s)\n`);
  },
  'accounts create': async (values, environment) => {
    const account = await createAccount(openClient(environment), values.name as string);
    return tell(values, account, describeAccount(account));
  },
  'credits top-up': (values, environment) => move(values, environment, 1),
  'credits withdraw': (values, environment) => move(values, environment, -1),
  'credits transfers': async (values, environment) => {
    const client = openClient(environment);
    if (values.before !== undefined) throw new UsageError('--before goes without --remote');
    const countMax = parseNumber('limit', values.limit) ?? 100;
    const data: Transfer[] = [];
    const account = values.account as string;
    const wanted = { limit: 100, account, ...(values.task === undefined ? {} : { task_id: values.task as string }) };
    for await (const row of eachRow((page) => listTransfers(client, { ...wanted, ...page }))) {
      if (data.push(row) >= countMax) break;
    }
    const lines = data.map((one) => {
      const { transfer_id, created_at, kind, credits, task_id, note } = one;
      return `${String(transfer_id).padStart(6)}  ${created_at}  ${kind.padEnd(8)}  ${credits}  ${task_id ?? note ?? ''}\n`;
    });
    return tell(values, { data }, `${lines.join('')}${data.length} transfer(s)\n`);
  },
  'kling status': async (values, environment) => {
    const status = await getKlingStatus(openClient(environment));
    return tell(values, status, describeKlingStatus(status));
  },
  'kling check': async (values, environment) => {
    const check = await checkKling(openClient(environment));
    tell(values, check, describeKlingCheck(check));
    return check.ok ? 0 : 1;
  },
  'ledger check': async (values, environment) => {
    const client = openClient(environment);
    const check = await checkLedger(client, values['at-rest'] ? { at_rest: true } : {});
    const lines = check.discrepancies.map(({ rule, account_id, task_id, detail }) => {
      return `${rule}  account ${account_id}${task_id === null ? '' : `, task ${task_id}`}: ${detail}\n`;
    });
    tell(values, check, check.whole ? 'the ledger is whole\n' : lines.join(''));
    return check.whole ? exitCodes.done : exitCodes.failed;
  },
  doctor: async (values, environment) => {
    const diagnosis = await getDiagnosis(openClient(environment));
    tell(values, diagnosis, presentDiagnosis(diagnosis));
    return diagnosis.healthy ? exitCodes.done : exitCodes.failed;
  },
} satisfies Record<string, Run>;

async function change(
  values: OptionValues,
  environment: Readonly<Record<string, string | undefined>>,
  words: readonly string[],
  wanted: KeyChange,
): Promise<number> {
  const key = await changeKey(openClient(environment), Number(words[0]), wanted);
  return tell(values, key, describeKey(key, new Date()));
}

async function move(
  values: OptionValues,
  environment: Readonly<Record<string, string | undefined>>,
  sign: 1 | -1,
): Promise<number> {
  const client = openClient(environment);
  const { account_id, name } = await findAccount(client, values.account as string);
  const note = values.note === undefined ? {} : { note: values.note as string };
  const { remaining_credits } = await moveCredits(client, account_id, {
    credits: sign * Number(values.credits),
    ...note,
  });
  return tell(values, { account: name, remaining_credits }, `${name} has ${remaining_credits} credits to spend\n`);
}

/** By its name, or by its id where it has digits alone. */
async function findAccount(client: Client, named: string): Promise<Account> {
  for await (const account of eachRow<Account>((page) => listAccounts(client, { limit: 100, ...page }))) {
    if (account.name === named || String(account.account_id) === named) return account;
  }
  throw new UsageError(`there is no account '${named}'`);
}

async function collect<Row>(list: Parameters<typeof eachRow<Row>>[0]): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of eachRow(list)) rows.push(row);
  return rows;
}

/** The options of a key's fields, as the API has them; 'none' takes a limit away. */
function readFields(values: OptionValues) {
  const read = <T>(option: string, field: string, parse: (text: string) => T) => {
    const text = values[option] as string | undefined;
    return text === undefined ? {} : { [field]: text === 'none' ? null : parse(text) };
  };
  return {
    ...read('role', 'role', String),
    ...read('models', 'allowed_models', (text) => text.split(',').map((name) => name.trim())),
    ...read('total-limit', 'total_limit_credits', Number),
    ...read('daily-limit', 'daily_limit_credits', Number),
    ...read('expires', 'expires_at', String),
  };
}

function tell(values: OptionValues, value: unknown, text: string): number {
  process.stdout.write(values.json ? `${JSON.stringify(value)}\n` : text);
  return 0;
}
