export interface Clocks {
  now(): Date;
  /** Milliseconds that nobody sets, such as `performance.now`. */
  steadyMs(): number;
  /** The clock of the database, which may run on another machine. */
  readOther(): Promise<Date>;
}

const hourMs = 3_600_000;

/** Milliseconds that a clock may be ahead or be set forward by before it is doubted. */
const aheadMs = hourMs;

/**
 * Milliseconds for which a clock that was set forward is doubted: who set it by mistake has noticed by then. A machine that has
 * slept looks the same, and those that sleep each night are awake for longer.
 */
const doubtMs = 6 * hourMs;

/**
 * Whether the clock may be far ahead, so that all that has an end would seem to be over: null, or why in words. In doubt is one that is
 * an hour or more ahead of the database's, and for six hours one that was set forward by an hour or more. Call it now and then.
 */
export function createClockJudge({ now, steadyMs, readOther }: Clocks): () => Promise<string | null> {
  let believedOffset = now().getTime() - steadyMs();
  let doubtedSince: number | null = null;

  function judgeJump(): string | null {
    const steady = steadyMs();
    const set = now().getTime() - steady - believedOffset;
    if (Math.abs(set) < aheadMs) {
      doubtedSince = null;
      return null;
    }
    doubtedSince ??= steady;
    if (steady - doubtedSince >= doubtMs) {
      believedOffset += set;
      doubtedSince = null;
      return null;
    }
    // One that was set back lets nothing seem over.
    return set < 0
      ? null
      : `it was set forward by ${tellHours(set)}; unless it is set back it is believed after ${tellHours(doubtMs)}`;
  }

  return async () => {
    const other = await readOther();
    const ahead = now().getTime() - other.getTime();
    return judgeJump() ?? (ahead < aheadMs ? null : `it is ${tellHours(ahead)} ahead of the database's`);
  };
}

const tellHours = (ms: number) => `${Math.round(ms / hourMs)} h`;
