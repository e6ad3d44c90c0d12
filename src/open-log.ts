import pino, { type DestinationStream, type Logger } from 'pino';
import { readVersion } from '../cli/index.ts';
import type { Config } from './config.ts';
import { createQuietNote } from './lib/create-quiet-note.ts';
import type { Role } from './open-context.ts';
import { openTracing, type Tracing } from './tracing/index.ts';

/** The log on standard error, and what goes to a collector beside it: both know of each other. */
export async function openLog(
  config: Pick<Config, 'logLevel' | 'tracing'>,
  roles: readonly Role[],
  out: DestinationStream = pino.destination(2),
): Promise<{ log: Logger; tracing: Tracing }> {
  const noteTrouble = createQuietNote(60_000, ({ message: reason }, repeated) =>
    log.warn({ reason, repeated }, 'traces or errors could not be sent'),
  );
  const tracing = await openTracing(config.tracing, {
    version: readVersion(),
    roles,
    onTrouble: (reason) => noteTrouble(new Error(reason)),
  });
  const { errorLog } = tracing;
  const both = errorLog && [
    { stream: out, level: 'debug' },
    { stream: errorLog, level: 'error' },
  ];
  const options = { level: config.logLevel, base: { roles, pid: process.pid } };
  const log = pino(
    tracing.isOn ? { ...options, mixin: () => tracing.logFields() } : options,
    both ? pino.multistream(both) : out,
  );
  return { log, tracing };
}
