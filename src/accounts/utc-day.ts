/** The UTC date of a moment as PostgreSQL reads it: `2026-01-31`. */
export function utcDay(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
