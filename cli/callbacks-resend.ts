import { type Client, listGivenUpCallbacks, resendCallback, TroupeError } from '../client/index.ts';
import { parseTaskId, UsageError } from './arguments.ts';
import { presentCallbacks } from './callbacks-list.ts';
import type { Command } from './command.ts';
import { openClient } from './open-client.ts';

export const resendCallbackCommand: Command = {
  summary: "Has a finished task's callback sent again, or all that were given up since a time.",
  positionals: '[TASK_ID]',
  options: {
    since: {
      type: 'string',
      describe: 'all callbacks given up since then: 2h, 30m, 3d, or a time like 2026-11-27T10:00Z',
      check: (text) => parseSince(text, new Date()),
    },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  check({ since }, words) {
    if (since !== undefined && words.length > 0) throw new UsageError('give either a task id or --since, not both');
    if (since === undefined) parseTaskId(words);
  },
  async run(values, environment, words) {
    const client = openClient(environment);
    if (typeof values.since === 'string') {
      const count = await resendGivenUp(client, parseSince(values.since, new Date()));
      process.stdout.write(
        values.json ? `${JSON.stringify({ resent: count })}\n` : `${count} callback(s) are sent again\n`,
      );
      return 0;
    }
    const callbacks = await resendCallback(client, parseTaskId(words));
    process.stdout.write(values.json ? `${JSON.stringify(callbacks)}\n` : presentCallbacks(callbacks));
    return 0;
  },
};

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The time that an age or a time of ISO 8601 means. Throws `UsageError`. */
export function parseSince(text: string, now: Date): Date {
  const [, count, unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const isTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/.test(text);
  const time =
    count === undefined
      ? new Date(isTime ? text : Number.NaN)
      : new Date(now.getTime() - Number(count) * (units[unit] ?? 0));
  if (!Number.isNaN(time.getTime())) return time;
  throw new UsageError(`--since must be an age like 2h, 30m or 3d, or a time like 2026-11-27T10:00Z, is '${text}'`);
}

/** All that are in the list now; what is given up again meanwhile isn't sent a second time. */
async function resendGivenUp(client: Client, since: Date): Promise<number> {
  // The rate of resends is limited: it is waited for as long as it asks.
  const patient = { ...client, retriesMax: 20 };
  const ids = new Set<string>();
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listGivenUpCallbacks(patient, {
      since: since.toISOString(),
      limit: 100,
      ...(cursor ? { cursor } : {}),
    });
    for (const { task_id } of page.data) ids.add(task_id);
    cursor = page.next_cursor;
  }
  let count = 0;
  for (const id of ids) {
    try {
      await resendCallback(patient, id);
      count += 1;
    } catch (error) {
      if (!(error instanceof TroupeError) || error.code !== 'callback_not_resendable') throw error;
    }
  }
  return count;
}
