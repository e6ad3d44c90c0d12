import { getUsage, type UsageLine, type UsageQuery } from '../client/index.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';

export const usageCommand: Command = {
  summary: 'Shows what the account used, as a chart by day or by what you name; takes a manager.',
  options: {
    from: { type: 'string', describe: 'first day, 2026-01-31, in UTC (default 30 days ago)' },
    to: { type: 'string', describe: 'last day (default today)' },
    by: { type: 'string', describe: 'day, model, key, status, or several, comma-separated (default day)' },
    account: { type: 'string', describe: "name or id of the account, for an admin (default: all, else the key's own)" },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  async run(values, environment) {
    const text = (name: string) => values[name] as string | undefined;
    const query = { from: text('from'), to: text('to'), group_by: text('by') ?? 'day', account: text('account') };
    const { data } = await getUsage(openClient(environment), query as UsageQuery);
    process.stdout.write(values.json ? `${JSON.stringify({ data })}\n` : presentUsage(data));
    return 0;
  },
};

/** Characters of the longest bar, so that a line fits into 80. */
const barWidth = 30;

/** A line for each row with a bar of its credits, or of its tasks where nothing was charged. */
function presentUsage(rows: readonly UsageLine[]): string {
  const tasks = rows.reduce((sum, row) => sum + row.tasks, 0);
  const credits = Math.round(rows.reduce((sum, row) => sum + row.credits, 0) * 1e6) / 1e6;
  const sizeOf = (row: UsageLine) => (credits > 0 ? row.credits : row.tasks);
  const most = Math.max(...rows.map(sizeOf), Number.MIN_VALUE);
  const labels = rows.map(({ tasks: _, credits: __, ...groups }) => Object.values(groups).join('  '));
  const width = Math.max(...labels.map((label) => label.length), 0);
  const lines = rows.map((row, at) => {
    const bar = drawBar(sizeOf(row) / most).padEnd(barWidth);
    return `${labels[at]?.padEnd(width)}  ${bar}  ${row.credits} credits, ${row.tasks} task(s)\n`;
  });
  return `${lines.join('')}${credits} credits, ${tasks} task(s)\n`;
}

/** In eighths of a character; what is there at all shows. */
function drawBar(share: number): string {
  const eighths = Math.ceil(share * barWidth * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8];
}
