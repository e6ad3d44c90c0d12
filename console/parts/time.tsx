import { Tooltip } from '@mantine/core';
import { formatAgo, formatTime, toDate } from './format.ts';

/** A time as people say it, with the exact one behind it. Accepts Unix seconds and ISO 8601. */
export function Time({ at }: { at: number | string }) {
  const date = toDate(at);
  return (
    <Tooltip label={formatTime(date)}>
      <time dateTime={date.toISOString()}>{formatAgo(date, new Date())}</time>
    </Tooltip>
  );
}
