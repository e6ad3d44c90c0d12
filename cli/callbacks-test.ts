import { testCallback } from '../client/index.ts';
import { UsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { openClient } from './open-client.ts';

export const testCallbackCommand: Command = {
  summary: 'Has the server post a signed example to a URL now, and says what came of it.',
  positionals: 'URL',
  options: { json: { type: 'boolean', describe: 'print one JSON object' } },
  async run(values, environment, words) {
    const [url, ...others] = words;
    if (url === undefined || others.length > 0) throw new UsageError('name one URL, like https://example.com/hook');
    const attempt = await testCallback(openClient(environment), url);
    const { outcome, status_code, detail, duration_ms, webhook_id } = attempt;
    const what = [outcome, status_code, detail].filter((part) => part !== null).join(', ');
    process.stdout.write(
      values.json ? `${JSON.stringify(attempt)}\n` : `${what} in ${duration_ms} ms, ${webhook_id}\n`,
    );
    return outcome === 'accepted' ? exitCodes.done : exitCodes.failed;
  },
};
