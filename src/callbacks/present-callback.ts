import type { GivenUp } from './queries.ts';
import type { GivenUpCallback, CallbackAttempt as ShownAttempt, TaskCallbacks } from './schema.ts';
import type { Callback, CallbackAttempt } from './tables.ts';

/** The `webhook-id` of a task's callback, the same in every attempt of every round. */
export function nameCallback(taskId: string): string {
  return `msg_${taskId}`;
}

/** What became of a finished task's callback so far, for its owner. */
export function presentCallback(callback: Callback, attempts: readonly CallbackAttempt[]): TaskCallbacks {
  const { state, url, task_id } = callback;
  return { state, url, webhook_id: nameCallback(task_id), attempts: attempts.map(presentAttempt) };
}

/** One line of the list of those that were given up. */
export function presentGivenUp({ task_id, url, attempts, finished_at }: GivenUp): GivenUpCallback {
  const webhook_id = nameCallback(task_id);
  return { task_id, url, webhook_id, attempts, given_up_at: finished_at.toISOString() };
}

type Outcome = Pick<CallbackAttempt, 'attempt' | 'started_at' | 'outcome' | 'status_code' | 'detail' | 'duration_ms'>;

/** Field by field as the contract has it. */
export function presentAttempt(attempt: Outcome): ShownAttempt {
  const { attempt: number, started_at, duration_ms, outcome, status_code } = attempt;
  const detail = describeOutcome(attempt);
  return { attempt: number, started_at: started_at.toISOString(), duration_ms, outcome, status_code, detail };
}

/**
 * The stored detail is for the operator: it names addresses, which may be those of the network behind this server. Its
 * owner learns what can be mended at the receiver.
 */
function describeOutcome({ outcome, status_code, detail }: Outcome): string | null {
  switch (outcome) {
    case null:
    case 'accepted':
      return null;
    case 'bad_status':
      return status_code !== null && status_code >= 300 && status_code <= 399
        ? 'the answer has to be a status of 2xx; redirects are not followed'
        : 'the answer has to be a status of 2xx';
    case 'refused_url':
      return 'the URL breaks a rule of callback URLs';
    case 'refused_address':
      return 'the URL leads to an internal address';
    case 'dns_failed':
      return "the host's name could not be resolved";
    case 'connect_failed':
      return `no connection could be made${listCodes(detail)}`;
    case 'tls_failed':
      return `no TLS connection could be made${listCodes(detail)}`;
    case 'timed_out':
      return detail ?? 'no answer in time';
    case 'connection_lost':
      return 'the connection was closed before the answer';
    default:
      return 'the answer was not valid HTTP';
  }
}

/** ` (ECONNREFUSED)`: the codes of Node and OpenSSL say what is wrong, the words after them where. */
function listCodes(detail: string | null): string {
  const codes = new Set((detail ?? '').match(/\b(?:E[A-Z]{3,}|[A-Z]+(?:_[A-Z]+)+)\b/g));
  return codes.size === 0 ? '' : ` (${[...codes].join(', ')})`;
}
