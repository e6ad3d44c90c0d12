/**
 * How far a stream of changes has come, exactly: everything that `seen` could see was delivered and, in the middle of a round, of
 * what `round.to` could see beyond it those that stand before and at `round.last`. Snapshots are PostgreSQL's
 * (`xmin:xmax:xip,…`): an id or a time would skip what was begun earlier and is committed later.
 */
export interface Position {
  /** Unix seconds, by the database's clock. */
  at: number;
  seen: string;
  round?: { to: string; last: ChangeKey };
}

/** The order within a round. */
export interface ChangeKey {
  /** Decimal digits. */
  transaction_id: string;
  task_id: string;
}

/** As an event's id: visible ASCII without spaces. */
export function encodePosition({ at, seen, round }: Position): string {
  const head = `${at.toString(36)};${seen}`;
  return round === undefined ? head : `${head};${round.to};${round.last.transaction_id};${round.last.task_id}`;
}

const snapshot = String.raw`\d{1,19}:\d{1,19}:(?:\d{1,19}(?:,\d{1,19})*)?`;
const form = new RegExp(
  `^([0-9a-z]{1,10});(${snapshot})(?:;(${snapshot});(\\d{1,19});([\\x21-\\x3a\\x3c-\\x7e]{1,64}))?$`,
);

/** Far longer than any that is given out. */
const lengthMax = 8_000;

/** Null for a text that no event had as its id. */
export function parsePosition(text: string): Position | null {
  const found = text.length > lengthMax ? null : form.exec(text);
  if (found === null) return null;
  const [, time = '', seen = '', to, transaction_id, task_id] = found;
  if (![seen, to].every((one) => one === undefined || isSnapshot(one))) return null;
  const at = Number.parseInt(time, 36);
  if (to === undefined || transaction_id === undefined || task_id === undefined) return { at, seen };
  return { at, seen, round: { to, last: { transaction_id, task_id } } };
}

/** Whether PostgreSQL takes the text for a snapshot: bounds in order, and between them ascending what was under way. */
function isSnapshot(text: string): boolean {
  const { least, next, underWay } = readSnapshot(text);
  if (least < 1n || next < least || next >= 2n ** 63n) return false;
  return underWay.every((id, at) => id >= least && id < next && (at === 0 || id > (underWay[at - 1] as bigint)));
}

/** Whether what the transaction did could be seen by the snapshot. */
export function isSeen(transactionId: string, by: string): boolean {
  const { least, next, underWay } = readSnapshot(by);
  const id = BigInt(transactionId);
  return id < least || (id < next && !underWay.includes(id));
}

/** Whether `later` could see all that `earlier` could, as it does when it was taken later. */
export function sees(later: string, earlier: string): boolean {
  const [one, other] = [readSnapshot(later), readSnapshot(earlier)];
  return one.next >= other.next && one.underWay.every((id) => id >= other.next || other.underWay.includes(id));
}

interface Snapshot {
  least: bigint;
  next: bigint;
  underWay: readonly bigint[];
}

function readSnapshot(text: string): Snapshot {
  const [least = '0', next = '0', list = ''] = text.split(':');
  const underWay = list === '' ? [] : list.split(',').map(BigInt);
  return { least: BigInt(least), next: BigInt(next), underWay };
}
