/** Unix seconds, or ISO 8601. */
export function toDate(at: number | string): Date {
  return new Date(typeof at === 'number' ? at * 1000 : at);
}

const times = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const days = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const ago = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });

/** Date and time to the second. */
export function formatTime(date: Date): string {
  return times.format(date);
}

/** A date without its time. */
function formatDay(date: Date): string {
  return days.format(date);
}

const steps: readonly [seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 'second'],
  [3600, 'minute'],
  [86_400, 'hour'],
  [30 * 86_400, 'day'],
];

/** How long ago, or how far ahead; from 30 days on the date. */
export function formatAgo(date: Date, now: Date): string {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const size = Math.abs(seconds);
  if (size < 5) return 'just now';
  const at = steps.findIndex(([limit]) => size < limit);
  const unit = steps[at]?.[1];
  if (unit === undefined) return formatDay(date);
  return ago.format(Math.round(seconds / (steps[at - 1]?.[0] ?? 1)), unit);
}

const credits = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });

/** Credits to two decimals; nothing that is more than 0 is shown as 0. */
export function formatCredits(amount: number): string {
  if (amount !== 0 && Math.abs(amount) < 0.01) return String(amount);
  return credits.format(amount);
}

/** Seconds as `4.2 s`, `1 min 20 s` or `2 h 5 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds * 10) / 10} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
