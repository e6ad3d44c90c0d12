/** Facts about a span, by names of OpenTelemetry's conventions where they have one, `troupe.…` else. No texts of callers. */
type SpanFacts = Readonly<Record<string, string | number | boolean>>;

interface SpanOptions {
  /** `server` answers a request, `consumer` works on what was queued, `client` asks somebody else; default `internal`. */
  kind?: 'server' | 'consumer' | 'client' | 'internal';
  /** W3C `traceparent` of what led here; the span that is going on by default. What is none begins a trace of its own. */
  parent?: string | null | undefined;
  facts?: SpanFacts;
}

/** A piece of work that is going on. Each of these may be called after its end, to no effect. */
export interface Span {
  /** By which another process goes on with the trace; null when nothing is traced. */
  readonly traceparent: string | null;
  note(facts: SpanFacts): void;
  /** A better name than it began with. */
  rename(name: string): void;
  /** It went wrong; `reason` is a code or a status, never a text that may hold a secret. */
  fail(reason: string): void;
  /** A part of it that ends now and took `seconds`. */
  step(name: string, seconds: number): void;
  /** Runs `work` so that spans which begin in it belong to this one. */
  run<T>(work: () => T): T;
  end(): void;
}

/** What is told of the way of a request through this process and on to others. Nothing here throws. */
export interface Tracing {
  readonly isOn: boolean;
  begin(name: string, options?: SpanOptions): Span;
  /** Runs `work` in a span of its own. What it throws fails the span with the error's code, and is thrown on. */
  span<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T>;
  /** The span that is going on here. */
  active(): Span;
  /** Takes the log's lines, as JSON, of which it sends those of errors; undefined when they're sent nowhere. */
  readonly errorLog: { write(line: string): void } | undefined;
  /** Ids for a line of the log, by which it's found beside its trace. */
  logFields(): Readonly<Record<string, string>>;
  /** Sends what waits. */
  close(): Promise<void>;
}

const noSpan: Span = {
  traceparent: null,
  note: () => undefined,
  rename: () => undefined,
  fail: () => undefined,
  step: () => undefined,
  run: (work) => work(),
  end: () => undefined,
};

const noFields = {};

/** Traces nothing, and costs a call. */
export const noTracing: Tracing = {
  isOn: false,
  begin: () => noSpan,
  span: (_name, _options, work) => work(noSpan),
  active: () => noSpan,
  errorLog: undefined,
  logFields: () => noFields,
  close: async () => undefined,
};
