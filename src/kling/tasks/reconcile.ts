import type { KlingTaskState, LookSaid, Purpose } from '../tables.ts';

/** What is known of one thing that is or may be upstream. Ages in milliseconds, all by the database's clock. */
export interface KnownTask {
  purpose: Purpose;
  state: KlingTaskState;
  /** Begun under the name of an account that the settings don't name. */
  isForeign: boolean;
  /** Whether the upstream has told an id of its own for it, or that our id is taken: it exists. */
  isKnown: boolean;
  /** Since it was begun here. */
  ageMs: number;
  /** Since its create was first sent, and last; null before. */
  sentMs: number | null;
  lastSentMs: number | null;
  /** Whether the last create has certainly ended, and without an answer that tells. */
  isUnanswered: boolean;
  /** The last look since the last create, null before the first. */
  look: KnownLook | null;
  /** A callback has come since. */
  isHinted: boolean;
}

interface KnownLook {
  said: LookSaid;
  /** In a row, but for times in which nobody asked. */
  times: number;
  agoMs: number;
  /** Since it first said so. */
  sinceMs: number;
}

/** Who asks what to do. */
export interface Asker {
  /** Whether everything that a create is made of can be had. */
  canSend: boolean;
  /** Whether a task of ours waits for it: else it is only followed to its end. */
  isAwaited: boolean;
}

export interface ReconcileRules {
  /** For a slot since it was begun, and to be made since it was sent. */
  deadlineMs: number;
  /** One call. */
  timeoutMs: number;
  intervals: {
    lookUpMs: readonly number[];
    pollFirstMs: number;
    pollMaxMs: number;
    sendingGraceMs: number;
    arrivalMs: number;
    patienceMs: number;
  };
}

export type Next =
  /** Claim it for sending; `untilMs` is left to wait for leave. */
  | { do: 'send'; untilMs: number }
  /** The create has not arrived, as far as can be told: the same again, under the same id. */
  | { do: 'send again' }
  | { do: 'look'; inMs: number }
  /** It becomes this account's. */
  | { do: 'take over' }
  | { do: 'finish' }
  /** It has ended, and the row says so. */
  | { do: 'fail'; why: 'said' | 'no slot' | 'never arrived' | 'vanished' | 'no result' }
  /** Our task ends and its price goes back, while the row is followed on for its slot. */
  | { do: 'refund'; why: 'too late' | 'other account' }
  /** It has to be sent, and who asks has nothing to send. */
  | { do: 'leave' };

/**
 * What to do next about one upstream task, from what is known of it: the only place that decides what "the upstream doesn't
 * know it" means. Absence alone is never the end of what the upstream has told an id for, or has called taken, before the
 * deadline, nor by one look after it; what may merely have been lost is sent again, under the same id, which the upstream
 * takes once.
 *
 * Pure. A page of docs/decisions has its states as a picture.
 */
export function reconcile(task: KnownTask, asker: Asker, rules: ReconcileRules): Next {
  if (task.state === 'succeeded') return { do: 'finish' };
  if (task.state === 'failed') return { do: 'fail', why: 'said' };
  if (task.state === 'waiting' || task.sentMs === null) return reconcileWaiting(task, asker, rules);
  const sent = { ...task, sentMs: task.sentMs };
  const { look } = task;
  if (look?.said === 'empty' && look.sinceMs - look.agoMs >= rules.intervals.patienceMs)
    return { do: 'fail', why: 'no result' };
  if (isOver(sent, rules)) return endLate(sent, asker);
  if (isLost(sent, rules)) {
    if (asker.canSend) return { do: 'send again' };
    // What it was made of is about to be asked for, and may be gone: absence has to be older for that.
    if (asker.isAwaited && sent.sentMs >= rules.intervals.arrivalMs) return { do: 'leave' };
  }
  return { do: 'look', inMs: task.isHinted ? 0 : chooseDelay(sent, rules) };
}

function reconcileWaiting({ ageMs, isForeign }: KnownTask, asker: Asker, { deadlineMs }: ReconcileRules): Next {
  if (ageMs >= deadlineMs) return { do: 'fail', why: 'no slot' };
  // Whose it becomes is for who sends it.
  if (!asker.canSend) return { do: 'leave' };
  return isForeign ? { do: 'take over' } : { do: 'send', untilMs: deadlineMs - ageMs };
}

type SentTask = KnownTask & { sentMs: number };

/**
 * Its time is over, and the upstream was asked after that, since it may have become done while every process was away. One
 * look may be wrong: it must have said for a while that it isn't there, and for as long again that it can't tell.
 */
function isOver({ sentMs, lastSentMs, look }: SentTask, { deadlineMs, intervals }: ReconcileRules): boolean {
  // The last create may be the one that arrived.
  const madeMs = lastSentMs ?? sentMs;
  if (look === null || madeMs - look.agoMs < deadlineMs) return false;
  const { said, times, sinceMs, agoMs } = look;
  if (said === 'unclear') return sinceMs >= deadlineMs && madeMs >= 2 * deadlineMs;
  return said !== 'absent' || (sinceMs - agoMs >= intervals.patienceMs && times >= intervals.lookUpMs.length);
}

function endLate({ look, isKnown, isForeign, purpose }: SentTask, { isAwaited }: Asker): Next {
  const isThere = look?.said === 'running' || look?.said === 'empty';
  // What is to be made known upstream costs nothing there, and the next video may try it anew.
  if (isThere && purpose === 'provision') return { do: 'fail', why: 'never arrived' };
  if (isThere) return isAwaited ? { do: 'refund', why: 'too late' } : { do: 'look', inMs: 0 };
  if (isForeign && isAwaited) return { do: 'refund', why: 'other account' };
  return { do: 'fail', why: isKnown ? 'vanished' : 'never arrived' };
}

/** Whether a create has been looked for often enough, after it ended, to be sent again under its id. */
function isLost(task: SentTask, { deadlineMs, intervals, timeoutMs }: ReconcileRules): boolean {
  const { state, isKnown, isForeign, look, isUnanswered, lastSentMs } = task;
  // Too late to be sent: it is only looked for.
  if (task.sentMs >= deadlineMs) return false;
  if (state !== 'sending' || isKnown || isForeign || look?.said !== 'absent') return false;
  const hasEnded = isUnanswered || (lastSentMs ?? task.sentMs) > timeoutMs + intervals.sendingGraceMs;
  return hasEnded && look.times >= intervals.lookUpMs.length;
}

/** Milliseconds until the next look: ever less often, soon where a create may be lost. */
function chooseDelay({ state, isKnown, sentMs, lastSentMs, look }: SentTask, { intervals }: ReconcileRules): number {
  const { lookUpMs, pollFirstMs, pollMaxMs } = intervals;
  const isSought = state === 'sending' && !isKnown;
  const absences = look?.said === 'absent' ? look.times : 0;
  const delayMs = isSought
    ? (lookUpMs[Math.min(absences, lookUpMs.length - 1)] ?? pollFirstMs)
    : // Half of its age: each look comes half as late again as the one before.
      Math.min(pollMaxMs, Math.max(pollFirstMs, sentMs / 2));
  return Math.max(0, delayMs - (look?.agoMs ?? lastSentMs ?? sentMs));
}

/**
 * How a create was answered. `duplicate`: our id is taken. `unknown`: it may have been carried out. `not now`: it was not,
 * and may be later. `never`: it was not, and never will be.
 */
export type CreateAnswer = 'accepted' | 'duplicate' | 'unknown' | 'not now' | 'never';

/**
 * What the answer of a create says of the task: `submitted`, `taken` (it exists, look for it), `unknown` (look for it), `waiting`
 * (nothing of it is upstream) or `failed`. A refusal is about the one create that it answers: where an earlier one may have
 * arrived the task is still looked for, and only fails when the same refusal comes after `arrivalMs`.
 */
export function judgeCreate(
  answer: CreateAnswer,
  { isResent, sentMs }: { isResent: boolean; sentMs: number },
  { intervals }: Pick<ReconcileRules, 'intervals'>,
): 'submitted' | 'taken' | 'unknown' | 'waiting' | 'failed' {
  if (answer === 'accepted') return 'submitted';
  if (answer === 'duplicate') return 'taken';
  if (answer === 'unknown') return 'unknown';
  if (!isResent) return answer === 'never' ? 'failed' : 'waiting';
  return answer === 'never' && sentMs >= intervals.arrivalMs ? 'failed' : 'unknown';
}
