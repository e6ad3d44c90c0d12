import { describe, expect, test } from 'vitest';
import { type Asker, type CreateAnswer, judgeCreate, type KnownTask, type Next, reconcile } from './reconcile.ts';

const rules = {
  deadlineMs: 7_200_000,
  timeoutMs: 60_000,
  intervals: {
    lookUpMs: [1_000, 2_000, 5_000],
    pollFirstMs: 2_000,
    pollMaxMs: 10_000,
    sendingGraceMs: 5_000,
    arrivalMs: 30_000,
    patienceMs: 300_000,
  },
};

const waiting: KnownTask = {
  purpose: 'video',
  state: 'waiting',
  isForeign: false,
  isKnown: false,
  ageMs: 1_000,
  sentMs: null,
  lastSentMs: null,
  isUnanswered: false,
  look: null,
  isHinted: false,
};
const at = (ms: number) => ({ ageMs: ms + 1_000, sentMs: ms, lastSentMs: ms });
const sending: KnownTask = { ...waiting, ...at(500), state: 'sending' };
const unanswered: KnownTask = { ...sending, isUnanswered: true };
const submitted: KnownTask = { ...waiting, ...at(20_000), state: 'submitted', isKnown: true };
const saw = (said: NonNullable<KnownTask['look']>['said'], times = 1, agoMs = 0, sinceMs = agoMs) => ({
  look: { said, times, agoMs, sinceMs },
});
const late = at(rules.deadlineMs + 60_000);
const twice = at(2 * rules.deadlineMs + 60_000);

const owner: Asker = { canSend: true, isAwaited: true };
const resumer: Asker = { canSend: false, isAwaited: true };
const passerBy: Asker = { canSend: false, isAwaited: false };

type Case = [title: string, task: KnownTask, asker: Asker, next: Next];

const look = (inMs: number): Next => ({ do: 'look', inMs });

describe('what to do next about', () => {
  const cases: Case[] = [
    ['what waits: send it', waiting, owner, { do: 'send', untilMs: 7_199_000 }],
    ['what waits, with nothing to send: leave it', waiting, resumer, { do: 'leave' }],
    ['what waits under another name: take it over', { ...waiting, isForeign: true }, owner, { do: 'take over' }],
    ['what found no slot in its time: fail', { ...waiting, ageMs: 7_200_000 }, owner, { do: 'fail', why: 'no slot' }],
    ['what is being sent: look in a while', sending, owner, look(500)],
    ['a create without an answer: look soon', { ...unanswered, ...saw('absent') }, owner, look(2_000)],
    ['absent twice: look again', { ...unanswered, ...saw('absent', 2) }, owner, look(5_000)],
    ['absent three times: the same again', { ...unanswered, ...saw('absent', 3) }, owner, { do: 'send again' }],
    [
      'absent, in a call that may still run: look',
      { ...sending, ...at(50_000), ...saw('absent', 3) },
      owner,
      look(5_000),
    ],
    [
      'absent, and the call must be over: the same again',
      { ...sending, ...at(66_000), ...saw('absent', 3) },
      owner,
      { do: 'send again' },
    ],
    [
      'absent soon after it was sent, with nothing to send: look',
      { ...unanswered, ...at(20_000), ...saw('absent', 3) },
      resumer,
      look(5_000),
    ],
    [
      'absent for long, with nothing to send: leave it to who has',
      { ...unanswered, ...at(40_000), ...saw('absent', 3) },
      resumer,
      { do: 'leave' },
    ],
    ['absent, in passing: look', { ...unanswered, ...at(40_000), ...saw('absent', 3) }, passerBy, look(5_000)],
    [
      'an id that is taken, absent ever so often: look',
      { ...unanswered, isKnown: true, ...at(3_600_000), ...saw('absent', 400) },
      owner,
      look(10_000),
    ],
    ['what was accepted, absent ever so often: look', { ...submitted, ...saw('absent', 40) }, owner, look(10_000)],
    ['what the upstream can not tell: look', { ...submitted, ...saw('unclear', 40) }, owner, look(10_000)],
    ['what is being made: look ever less often', { ...submitted, ...at(6_000), ...saw('running') }, owner, look(3_000)],
    ['what a callback came for: look now', { ...submitted, isHinted: true, ...saw('running') }, owner, look(0)],
    ['what was left for long: look now', { ...submitted, ...at(600_000) }, owner, look(0)],
    ['done without a result so far: look', { ...submitted, ...saw('empty', 9, 0, 60_000) }, owner, look(10_000)],
    [
      'done without a result for long: fail',
      { ...submitted, ...saw('empty', 9, 0, 300_000) },
      owner,
      { do: 'fail', why: 'no result' },
    ],
    [
      "another account's, absent ever so often: look",
      { ...submitted, isForeign: true, ...saw('absent', 9) },
      owner,
      look(10_000),
    ],
    [
      'lost under another account: never sent under this one',
      { ...unanswered, isForeign: true, ...at(90_000), ...saw('absent', 9) },
      owner,
      look(5_000),
    ],
    ['late, not looked at since: look now', { ...submitted, ...late, ...saw('running', 1, 120_000) }, owner, look(0)],
    ['late and absent once: look', { ...submitted, ...late, ...saw('absent') }, owner, look(10_000)],
    [
      'late and absent for a while: it has vanished',
      { ...submitted, ...late, ...saw('absent', 30, 0, 300_000) },
      owner,
      { do: 'fail', why: 'vanished' },
    ],
    [
      'late, taken and absent: it has vanished',
      { ...unanswered, isKnown: true, ...late, ...saw('absent', 30, 0, 300_000) },
      owner,
      { do: 'fail', why: 'vanished' },
    ],
    [
      'late and never known: it never arrived',
      { ...unanswered, ...late, ...saw('absent', 30, 0, 300_000) },
      owner,
      { do: 'fail', why: 'never arrived' },
    ],
    [
      'late and being made: refund',
      { ...submitted, ...late, ...saw('running') },
      owner,
      { do: 'refund', why: 'too late' },
    ],
    ['late and being made, in passing: look', { ...submitted, ...late, ...saw('running') }, passerBy, look(0)],
    [
      'a late provision: fail, so that the next video may try anew',
      { ...submitted, purpose: 'provision', ...late, ...saw('running') },
      owner,
      { do: 'fail', why: 'never arrived' },
    ],
    [
      'late under another account: refund',
      { ...submitted, isForeign: true, ...late, ...saw('absent', 30, 0, 300_000) },
      owner,
      { do: 'refund', why: 'other account' },
    ],
    [
      'late, and the upstream can not tell: look',
      { ...submitted, ...late, ...saw('unclear', 9, 0, 60_000) },
      owner,
      look(10_000),
    ],
    [
      'twice as late, and it could not tell for as long: it has vanished',
      { ...submitted, ...twice, ...saw('unclear', 999, 0, rules.deadlineMs) },
      owner,
      { do: 'fail', why: 'vanished' },
    ],
    ['what has succeeded: finish', { ...submitted, state: 'succeeded' }, owner, { do: 'finish' }],
    ['what has failed: fail', { ...submitted, state: 'failed' }, owner, { do: 'fail', why: 'said' }],
  ];
  test.each(cases)('%s', (_, task, asker, next) => {
    expect(reconcile(task, asker, rules)).toEqual(next);
  });
});

describe('the answer of a create', () => {
  const first = { isResent: false, sentMs: 100 };
  const again = { isResent: true, sentMs: 10_000 };
  const old = { isResent: true, sentMs: 30_000 };
  const cases: [CreateAnswer, typeof first, ReturnType<typeof judgeCreate>][] = [
    ['accepted', first, 'submitted'],
    ['accepted', again, 'submitted'],
    ['duplicate', first, 'taken'],
    ['duplicate', again, 'taken'],
    ['unknown', first, 'unknown'],
    ['not now', first, 'waiting'],
    ['never', first, 'failed'],
    // The one before may have arrived: this refusal says nothing of it.
    ['not now', again, 'unknown'],
    ['not now', old, 'unknown'],
    ['never', again, 'unknown'],
    ['never', old, 'failed'],
  ];
  test.each(cases)('%s, %o: %s', (answer, sent, outcome) => {
    expect(judgeCreate(answer, sent, rules)).toBe(outcome);
  });
});
