import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** One thing that the driver did or saw from outside, with the moment (milliseconds since 1970). */
export interface HistoryEvent {
  at: number;
  kind: string;
  [fact: string]: unknown;
}

/**
 * The driver's own append-only record: each line is on the disk before the next thing happens, so that what was seen
 * outlives whatever dies, and no verdict rests on the servers' own words.
 */
export interface History {
  record(kind: string, facts?: Record<string, unknown>): HistoryEvent;
  of(kind: string): HistoryEvent[];
  isClosed(): boolean;
  close(): void;
}

export function openHistory(path: string): History {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a');
  const events: HistoryEvent[] = [];
  let closed = false;
  return {
    record(kind, facts = {}) {
      const event = { at: Date.now(), kind, ...facts };
      // A callback that comes after the end is nobody's any more, and no reason to end the program.
      if (closed) return event;
      writeSync(file, `${JSON.stringify(event)}\n`);
      fsyncSync(file);
      events.push(event);
      return event;
    },
    of: (kind) => events.filter((event) => event.kind === kind),
    isClosed: () => closed,
    close() {
      if (!closed) closeSync(file);
      closed = true;
    },
  };
}
