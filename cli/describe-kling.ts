import type { KlingCheck, KlingStatus } from '../client/index.ts';

/** One line for each check, with the setting to change. */
export function describeKlingCheck({ checks }: KlingCheck): string {
  return checks
    .map(({ name, level, account, message, setting }) => {
      const change = setting === undefined || level === 'ok' ? '' : `  [${setting}]`;
      const whose = account === undefined ? '' : `${account.padEnd(12)} `;
      return `${level.padEnd(8)} ${whose}${name.padEnd(8)} ${message}${change}\n`;
    })
    .join('');
}

/** Each account in a screenful. */
export function describeKlingStatus({ accounts, lost_tasks }: KlingStatus): string {
  const lost = `${lost_tasks} task(s) are held: they are in work at accounts that the settings do not name\n`;
  return accounts.map(describeAccount).join('\n') + (lost_tasks === 0 ? '' : lost);
}

function describeAccount(status: KlingStatus['accounts'][number]): string {
  const { name, account, base_url, balance, products, budget, days, failures, elements, costs } = status;
  const packs = balance?.packs.map(
    (pack) => `  ${pack.name}: ${pack.remaining_units} of ${pack.total_units} (${pack.status})`,
  );
  const limit = (units: number | null) => (units === null ? 'no limit' : `${units} units`);
  return [
    `account   ${name === 'default' ? '' : `${name}: `}${account} at ${base_url}`,
    balance === null
      ? 'balance   not told'
      : `balance   ${balance.remaining_units} units, asked at ${balance.asked_at}`,
    ...(packs ?? []),
    `budget    ${limit(budget.units_per_day)} a day, ${limit(budget.account_units_per_day)} an account`,
    ...products.map(describeProduct),
    ...days.map(
      ({ day, videos, failed, units, usd }) =>
        `${day}  ${videos} videos, ${units} units (${usd} USD), ${failed} failed`,
    ),
    ...failures.map(({ code, count }) => `failed    ${count} × ${code}`),
    `elements  ${elements.here} here, ${elements.elsewhere} at other accounts, ${elements.unwanted} to be deleted`,
    ...costs.map(
      (cost) =>
        `${cost.task_id}  ${cost.units ?? '?'} units (${cost.usd ?? '?'} USD), charged ${cost.charged_credits ?? '?'} credits`,
    ),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function describeProduct(line: KlingStatus['products'][number]): string {
  const { product, in_work, parallel_max, waiting, paused, stop_reason } = line;
  const most = parallel_max === null ? '' : ` of ${parallel_max}`;
  const stop = stop_reason === null ? '' : `, held: ${stop_reason}`;
  return `slots     ${product === '' ? 'everything' : product}: ${in_work}${most} in work, ${waiting} waiting${paused ? ', paused' : ''}${stop}`;
}
