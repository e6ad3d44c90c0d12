/**
 * Ground: the way of a request through processes, told to a collector by OpenTelemetry's protocol, and the errors of the log with it.
 * Knows names of things and no product rules. Invariant: without an address of a collector none of the library is loaded and nothing
 * is traced; what is told holds no text, address or name of a caller, and a collector that is away costs nobody anything.
 */
export { openTracing } from './open-tracing.ts';
export { noTracing, type Span, type Tracing } from './tracing.ts';
