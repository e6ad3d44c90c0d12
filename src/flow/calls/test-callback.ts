import type { AuthenticatedKey } from '../../accounts/index.ts';
import { attemptCallback, type CallbackTest, checkCallbackUrl, presentAttempt } from '../../callbacks/index.ts';
import { createRandomText } from '../../lib/random.ts';
import { createTaskId } from '../../tasks/index.ts';
import type { Context } from '../context.ts';
import { loadSecrets } from '../load-secrets.ts';
import { tooManyTests } from './errors.ts';

/** Tests under way to one host in this process: one that hangs must leave the connections to it for callbacks. */
const testsPerHostMax = 4;
const underWay = new Map<string, number>();

/**
 * Posts a signed example of a callback to `url` now, once, and says what came of it. Nothing is stored; the log has a line. Throws
 * 400 `invalid_request` for a URL that a request would be refused for, 429 `rate_limit_exceeded` while
 * {@link testsPerHostMax} tests to its host are under way.
 */
export async function testCallback(context: Context, caller: AuthenticatedKey, url: string): Promise<CallbackTest> {
  const checked = await checkCallbackUrl(context.network, url);
  const { host } = new URL(checked);
  const others = underWay.get(host) ?? 0;
  if (others >= testsPerHostMax) throw tooManyTests(others);
  underWay.set(host, others + 1);
  try {
    return await attempt(context, caller, checked, host);
  } finally {
    const left = (underWay.get(host) ?? 1) - 1;
    if (left > 0) underWay.set(host, left);
    else underWay.delete(host);
  }
}

async function attempt(context: Context, caller: AuthenticatedKey, url: string, host: string): Promise<CallbackTest> {
  const { clock, database, log, network } = context;
  const { account_id, key_id } = caller;
  const started_at = clock.now();
  const secrets = (await loadSecrets(database.db, [account_id], started_at))(account_id);
  const id = `msg_test_${createRandomText(12, '0123456789abcdefghijklmnopqrstuvwxyz')}`;
  const body = JSON.stringify(createExample(started_at));
  const result = await attemptCallback(network, { id, url, body }, { secrets, sentAt: started_at });
  const { outcome, status_code, detail } = result;
  log.info({ account_id, key_id, host, outcome, status_code, detail }, 'a callback was tested');
  return { webhook_id: id, ...presentAttempt({ attempt: 1, started_at, ...result }) };
}

/** A completed task as a callback has it, marked as a test; there is no such task. */
function createExample(now: Date): object {
  return {
    test: true,
    created: Math.floor(now.getTime() / 1000),
    id: createTaskId(now),
    model: 'kling-custom-element',
    object: 'video.generation.task',
    progress: 100,
    status: 'completed',
    type: 'video',
    task_info: { can_cancel: false, estimated_time: 0 },
    usage: { billing_rule: 'per_call', credits_used: 0, cost: { credits: 0 }, user_group: 'default' },
    results: [],
    result_data: {},
    duration: 0,
  };
}
