/** A date, or a time with its offset: a time without one would be another moment on another machine. */
const isoTime =
  /^(\d{4})-(\d\d)-(\d\d)(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?$/;

/**
 * The moment of an ISO 8601 date (its first, in UTC) or time with an offset; null for any other text, and for days that no
 * calendar has, or no database: before the year 1 and after 9999 in UTC. Parts below a millisecond are cut off.
 */
export function parseIsoTime(text: string): Date | null {
  const [, year, month, day] = isoTime.exec(text) ?? [];
  if (year === undefined) return null;
  // Date takes 31 February for 3 March.
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day)) return null;
  const time = new Date(text);
  return time < firstTime || time > lastTime ? null : time;
}

/** PostgreSQL calls the year 0 none, and JavaScript writes those after 9999 with a sign. */
export const firstTime = new Date('0001-01-01T00:00:00Z');
export const lastTime = new Date('9999-12-31T23:59:59.999Z');
