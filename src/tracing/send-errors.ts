import {
  type AnyValue,
  type Context,
  type Logger,
  ROOT_CONTEXT,
  SeverityNumber,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import type { Tracing } from './tracing.ts';

/** Levels of the log as numbers. */
const levels = { error: 50, fatal: 60 };

/** Sends the lines of errors and worse to a collector, with all that the log says of them. */
export function sendErrors(logger: Logger): NonNullable<Tracing['errorLog']> {
  return {
    write(line) {
      const { level, time, msg, trace_id, span_id, ...facts } = JSON.parse(line) as Line;
      if (level < levels.error) return;
      const isFatal = level >= levels.fatal;
      logger.emit({
        timestamp: time,
        severityNumber: isFatal ? SeverityNumber.FATAL : SeverityNumber.ERROR,
        severityText: isFatal ? 'FATAL' : 'ERROR',
        body: msg,
        attributes: facts,
        context: linkTo(trace_id, span_id),
      });
    },
  };
}

/** By which the collector shows the line beside its trace. */
function linkTo(traceId: string | undefined, spanId: string | undefined): Context {
  if (traceId === undefined || spanId === undefined) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED });
}

interface Line extends Record<string, AnyValue> {
  level: number;
  /** Milliseconds since 1970. */
  time: number;
  msg: string;
  trace_id?: string;
  span_id?: string;
}
