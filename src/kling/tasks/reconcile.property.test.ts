import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CreateAnswer, judgeCreate, type KnownTask, type Next, reconcile } from './reconcile.ts';

/**
 * A vendor that takes an id once, bills what becomes done, and is as hard to understand as real ones were seen to be: reads
 * lag behind writes and flicker after that, answers get lost, requests arrive late or never, refuses for want of room, can't
 * tell for a while; and a process of ours that is killed in any moment, whose clock runs at another pace, and whose key is
 * replaced by one of the same account or, for a while, of another one.
 */
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

const minutes = (max: number) => fc.integer({ min: 0, max: max * 60_000 });

/** What becomes of one create. */
const call = fc.record({
  arrival: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constant('never' as const) },
    { weight: 1, arbitrary: minutes(2) },
  ),
  answer: fc.constantFrom('given', 'given', 'lost', 'hangs', 'killed'),
  hasRoom: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});

const scenario = fc.record({
  calls: fc.array(call, { minLength: 1, maxLength: 8 }),
  /** The rest of the calls. */
  usual: call,
  isRefusedBody: fc.boolean(),
  fails: fc.boolean(),
  workMs: minutes(30),
  lagMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20_000 }), minutes(30)),
  /** Of the looks after that: whether it isn't found all the same, or nothing can be told. */
  looks: fc.array(fc.constantFrom('tells', 'tells', 'tells', 'absent', 'unclear'), { maxLength: 40 }),
  outage: fc.record({ fromMs: minutes(60), forMs: minutes(30) }),
  kill: fc.record({ atMs: minutes(90), awayMs: fc.oneof(minutes(1), minutes(600)) }),
  pace: fc.double({ min: 0.5, max: 2, noNaN: true }),
  key: fc.record({ fromMs: minutes(60), forMs: minutes(20), isSameAccount: fc.boolean(), isReplaced: fc.boolean() }),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never;

test('whatever is lost, late or unclear: one creation at most, refunded only what is never billed, and always an end', () => {
  fc.assert(
    fc.property(scenario, (given) => {
      const { end, vendor, clockMs } = run(given);
      expect(vendor.creations()).toBeLessThanOrEqual(1);
      expect(vendor.isBilledInTheEnd()).toBe(end.do === 'finish');
      expect(clockMs).toBeLessThan(4 * rules.deadlineMs + given.kill.awayMs);
    }),
    { numRuns: 3_000 },
  );
});

function openVendor({ isRefusedBody, fails, workMs, lagMs, looks, outage }: Scenario) {
  /** Requests on their way, by when they arrive. */
  const coming: { atMs: number; hasRoom: boolean }[] = [];
  let createdAt: number | null = null;
  let creations = 0;
  let count = 0;
  const isTaken = (nowMs: number, hasRoom: boolean): CreateAnswer => {
    if (isRefusedBody) return 'never';
    if (createdAt !== null) return 'duplicate';
    if (!hasRoom) return 'not now';
    createdAt = nowMs;
    creations += 1;
    return 'accepted';
  };
  const arrive = (nowMs: number) => {
    for (const one of coming.splice(0)) {
      if (one.atMs <= nowMs) isTaken(one.atMs, one.hasRoom);
      else coming.push(one);
    }
  };
  return {
    creations: () => creations,
    create(nowMs: number, hasRoom: boolean): CreateAnswer {
      arrive(nowMs);
      return isTaken(nowMs, hasRoom);
    },
    createLater: (atMs: number, hasRoom: boolean) => void coming.push({ atMs, hasRoom }),
    look(nowMs: number): 'succeeded' | 'failed' | 'running' | 'absent' | 'unclear' {
      arrive(nowMs);
      if (nowMs >= outage.fromMs && nowMs < outage.fromMs + outage.forMs) return 'unclear';
      const mood = looks[count] ?? 'tells';
      count += 1;
      if (mood === 'unclear') return 'unclear';
      if (createdAt === null || nowMs < createdAt + lagMs || mood === 'absent') return 'absent';
      if (nowMs < createdAt + workMs) return 'running';
      return fails ? 'failed' : 'succeeded';
    },
    isBilledInTheEnd(): boolean {
      arrive(Number.POSITIVE_INFINITY);
      return createdAt !== null && !fails;
    },
  };
}

function run(given: Scenario) {
  const vendor = openVendor(given);
  const { kill, key, pace } = given;
  const calls = [...given.calls];
  let clockMs = 0;
  let isKilled = false;
  /** Goes on with what was sent first, as after every restart. */
  let isResuming = false;
  const row = {
    state: 'waiting' as KnownTask['state'],
    credential: 'first',
    sends: 0,
    unanswered: 0,
    sentAt: 0,
    resentAt: null as number | null,
    isKnown: false,
    look: null as { said: 'running' | 'absent' | 'unclear'; times: number; at: number; since: number } | null,
  };
  const wait = (ms: number) => {
    clockMs += Math.max(1, ms * pace);
    if (isKilled || clockMs < kill.atMs) return;
    isKilled = true;
    isResuming = true;
    clockMs += kill.awayMs;
  };
  const isOtherKey = () => key.isReplaced && clockMs >= key.fromMs && clockMs < key.fromMs + key.forMs;
  const credential = () => (isOtherKey() ? 'second' : 'first');
  const know = (): KnownTask => ({
    purpose: 'video',
    state: row.state,
    isForeign: row.credential !== credential(),
    isKnown: row.isKnown,
    ageMs: clockMs,
    sentMs: row.sends === 0 ? null : clockMs - row.sentAt,
    lastSentMs: row.sends === 0 ? null : clockMs - (row.resentAt ?? row.sentAt),
    isUnanswered: row.unanswered === row.sends,
    look: row.look && {
      said: row.look.said,
      times: row.look.times,
      agoMs: clockMs - row.look.at,
      sinceMs: clockMs - row.look.since,
    },
    isHinted: false,
  });

  function send(): void {
    const sentUnder = credential();
    if (!key.isSameAccount && sentUnder === 'second') {
      // Nothing that may be upstream already is ever sent to another account; what goes there stays there.
      expect(row.resentAt).toBeNull();
      key.isReplaced = false;
    }
    const { arrival, answer, hasRoom } = calls.shift() ?? given.usual;
    const isResent = row.resentAt !== null;
    if (arrival !== 'never' && arrival > 0) vendor.createLater(clockMs + arrival, hasRoom);
    const said = arrival === 0 ? vendor.create(clockMs, hasRoom) : 'unknown';
    if (answer === 'killed') {
      // Its process died before it wrote anything down.
      isResuming = true;
      wait(1_000);
      return;
    }
    wait(answer === 'hangs' || (arrival !== 0 && answer === 'given') ? rules.timeoutMs : 100);
    const outcome = judgeCreate(
      answer === 'given' ? said : 'unknown',
      { isResent, sentMs: clockMs - row.sentAt },
      rules,
    );
    if (outcome === 'submitted' || outcome === 'failed' || outcome === 'waiting') row.state = outcome;
    else row.unanswered = row.sends;
    if (outcome === 'submitted' || outcome === 'taken') row.isKnown = true;
    if (outcome === 'waiting') wait(5_000);
  }

  function look(): void {
    const isElsewhere = isOtherKey() && !key.isSameAccount;
    const said = isElsewhere ? 'absent' : vendor.look(clockMs);
    if (said === 'succeeded' || said === 'failed' || said === 'running') {
      row.credential = credential();
      row.isKnown = true;
      row.state = said === 'running' ? 'submitted' : said;
    }
    if (said === 'succeeded' || said === 'failed') return;
    const isSame = row.look?.said === said && clockMs - row.look.at < rules.intervals.patienceMs;
    row.look = {
      said,
      times: isSame ? (row.look?.times ?? 0) + 1 : 1,
      at: clockMs,
      since: isSame ? (row.look?.since ?? clockMs) : clockMs,
    };
  }

  for (let steps = 0; steps < 100_000; steps += 1) {
    const next: Next = reconcile(know(), { canSend: !isResuming, isAwaited: true }, rules);
    if (next.do === 'finish' || next.do === 'fail' || next.do === 'refund') return { end: next, vendor, clockMs };
    if (next.do === 'leave') isResuming = false;
    else if (next.do === 'take over') row.credential = credential();
    else if (next.do === 'look' && next.inMs > 0) wait(next.inMs);
    else if (next.do === 'look') {
      look();
      wait(50);
    } else {
      if (next.do === 'send') Object.assign(row, { state: 'sending', sentAt: clockMs, resentAt: null });
      else row.resentAt = clockMs;
      row.look = null;
      row.sends += 1;
      send();
    }
  }
  throw new Error('it goes on for ever');
}
