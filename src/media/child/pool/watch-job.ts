import type { FailureReason } from './child-failure.ts';
import { memoryPollMs, readGroupMemory } from './read-group-memory.ts';
import { readProcessorTime } from './read-processor-time.ts';
import type { Child } from './start-child.ts';

export interface JobLimits {
  /** Resident bytes of the child and what it started. */
  memoryBytesMax: number;
  /** Resident bytes with which a child is kept for the next job; default: half of {@link memoryBytesMax}. */
  keptBytesMax?: number;
  /** Time by the clock until the child has loaded the job's code. */
  startMs: number;
  /** Processor time, of the child and what it started, without a progress message. */
  stallProcessorMs: number;
  /** Processor time for the whole job. */
  runProcessorMs: number;
  /** Time by the clock without a progress message: for a child that waits for ever. */
  stallClockMs: number;
  /** Time by the clock for the whole job. */
  runClockMs: number;
}

/** Told once a limit is passed; `limitSeconds` is that of processor time. */
type Fail = (reason: FailureReason, detail: string, limitSeconds?: number) => void;

export interface JobWatch {
  /** To be called with every message of the child. */
  heard(): void;
  stop(): void;
}

/**
 * How often a busy child's processor time is read; with all its threads about 0.3 ms on Linux, a run of `ps` elsewhere. A
 * step is known to begin only by the first reading after its word: what it used until then is not counted.
 */
const processorPollMs = process.platform === 'linux' ? 250 : 2000;

/** Watches a child from the moment its job begins, and calls `fail` once a limit is passed. */
export function watchJob(child: Child, limits: JobLimits, fail: Fail): JobWatch {
  const stall = startStallTimer(limits.stallClockMs, () => {
    fail('stalled', `no progress for ${limits.stallClockMs} ms by the clock`);
  });
  const overrun = setTimeout(() => {
    fail('overran', `still running after ${limits.runClockMs} ms by the clock`);
  }, limits.runClockMs);
  const stopMemory = poll(memoryPollMs, async () => {
    const bytes = child.ended() ? 0 : await readGroupMemory(child.id);
    if (bytes > limits.memoryBytesMax) fail('out_of_memory', `${Math.round(bytes / 2 ** 20)} MiB resident`);
  });
  const processor = watchProcessor(child, limits, fail);
  return {
    heard() {
      stall.refresh();
      processor.heard();
    },
    stop() {
      stall.stop();
      clearTimeout(overrun);
      stopMemory();
      processor.stop();
    },
  };
}

/**
 * A machine that is busy with other things gives a child little processor time, and the child is given that much longer.
 * What the system can't tell (Windows) counts as none: then the clock alone ends a job.
 */
function watchProcessor(child: Child, limits: JobLimits, fail: Fail) {
  let words = 0;
  let seenWords = 0;
  /** Readings at the beginning and after the last word of the child. */
  let beganAt: number | undefined;
  let heardAt = 0;
  const stop = poll(processorPollMs, async () => {
    if (child.ended()) return;
    const now = await readProcessorTime(child.id);
    // Its words may be waiting to be read, as after a pause of this process: they count first.
    await afterMessages();
    beganAt ??= now;
    if (words !== seenWords) heardAt = now;
    heardAt = Math.max(heardAt, beganAt);
    seenWords = words;
    if (now - heardAt > limits.stallProcessorMs) {
      fail(
        'overworked',
        `no progress for ${limits.stallProcessorMs} ms of processor time`,
        limits.stallProcessorMs / 1000,
      );
    } else if (now - beganAt > limits.runProcessorMs) {
      fail(
        'overworked',
        `still running after ${limits.runProcessorMs} ms of processor time`,
        limits.runProcessorMs / 1000,
      );
    }
  });
  return {
    heard() {
      words += 1;
    },
    stop,
  };
}

/** Runs `look` at once and then every `everyMs`, never twice at a time. A look that fails is as if there were none. */
function poll(everyMs: number, look: () => Promise<void>): () => void {
  let looking = false;
  const lookOnce = async () => {
    if (looking) return;
    looking = true;
    await look().catch(() => undefined);
    looking = false;
  };
  const timer = setInterval(() => void lookOnce(), everyMs);
  void lookOnce();
  return () => clearInterval(timer);
}

/**
 * Calls `stalled` when `refresh` was not called for `ms`. When this process itself was held up (stopped, or the machine
 * asleep), the child's messages are still waiting to be read: they count before the clock does.
 */
function startStallTimer(ms: number, stalled: () => void) {
  let heard = 0;
  const timer = setTimeout(async () => {
    const before = heard;
    await afterMessages();
    if (heard === before) stalled();
  }, ms);
  return {
    refresh() {
      heard += 1;
      timer.refresh();
    },
    stop: () => clearTimeout(timer),
  };
}

/** Resolves when what children have said by now has been read. */
function afterMessages(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
