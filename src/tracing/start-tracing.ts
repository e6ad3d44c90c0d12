import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Context,
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span as UpstreamSpan,
} from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TracingSettings } from './config.ts';
import { sendErrors } from './send-errors.ts';
import { noTracing, type Span, type Tracing } from './tracing.ts';

export interface Origin {
  /** Of the program. */
  version: string;
  roles: readonly string[];
  /** A collector can't be reached, or refuses what it's sent. */
  onTrouble(reason: string): void;
}

const kinds = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
};

/** Milliseconds that a collector has at the end, which may be away; a stop waits for nobody. */
const closeMs = 3_000;

/** Sends what `sends` names, in batches, each some seconds after it ended. */
export function startTracing(
  settings: TracingSettings,
  sends: { traces: boolean; errors: boolean },
  { version, roles, onTrouble }: Origin,
): Tracing {
  tellTrouble(onTrouble);
  const resource = resourceFromAttributes({
    'service.name': 'troupe',
    'service.version': version,
    'process.pid': process.pid,
    'troupe.roles': [...roles],
  }).merge(detectResources({ detectors: [envDetector] }));
  const errors = sends.errors ? openErrors(settings, resource, version) : null;
  const traces = sends.traces ? openTraces(settings, resource, version) : noTracing;
  return {
    ...traces,
    errorLog: errors?.log,
    async close() {
      const sent = Promise.allSettled([traces.close(), errors?.close()]);
      await Promise.race([sent, sleep(closeMs, undefined, { ref: false })]);
    },
  };
}

/** A collector that is away, or refuses: said by the library to whom it's told to say it, for the whole process. */
function tellTrouble(onTrouble: (reason: string) => void): void {
  const tell = (message: string) => onTrouble(message.slice(0, 300));
  const ignore = () => undefined;
  const logger = { error: tell, warn: tell, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}

function openErrors(settings: TracingSettings, resource: Resource, version: string) {
  const { logsEndpoint, endpoint } = settings;
  const exporter = new OTLPLogExporter({ url: logsEndpoint ?? joinPath(endpoint, 'v1/logs') });
  const provider = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter })] });
  return { log: sendErrors(provider.getLogger('troupe', version)), close: () => provider.shutdown() };
}

function openTraces(settings: TracingSettings, resource: Resource, version: string): Tracing {
  const { tracesEndpoint, endpoint } = settings;
  const exporter = new OTLPTraceExporter({ url: tracesEndpoint ?? joinPath(endpoint, 'v1/traces') });
  const provider = new TracerProvider({
    resource,
    sampler: createSampler(settings),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: settings.delayMs })],
  });
  const tracer = provider.getTracer('troupe', version);
  const running = new AsyncLocalStorage<Span>();
  const active = () => running.getStore() ?? noTracing.active();

  const begin: Tracing['begin'] = (name, { kind = 'internal', parent, facts = {} } = {}) => {
    const context = continueFrom(parent === undefined ? active().traceparent : parent);
    return wrap(tracer.startSpan(name, { kind: kinds[kind], attributes: facts }, context));
  };

  function wrap(span: UpstreamSpan): Span {
    const { traceId, spanId, traceFlags } = span.spanContext();
    const self: Span = {
      traceparent: `00-${traceId}-${spanId}-0${traceFlags & 1}`,
      note: (facts) => void span.setAttributes(facts),
      rename: (name) => void span.updateName(name),
      fail: (reason) => void span.setAttribute('error.type', reason).setStatus({ code: SpanStatusCode.ERROR }),
      step(name, seconds) {
        const startTime = performance.now() - seconds * 1000;
        tracer.startSpan(name, { startTime }, trace.setSpan(ROOT_CONTEXT, span)).end();
      },
      run: (work) => running.run(self, work),
      end: () => span.end(),
    };
    return self;
  }

  return {
    isOn: true,
    begin,
    async span(name, options, work) {
      const span = begin(name, options);
      try {
        return await span.run(() => work(span));
      } catch (error) {
        const { code, name: kind } = error as { code?: unknown; name?: string };
        span.fail(typeof code === 'string' ? code : (kind ?? 'Error'));
        throw error;
      } finally {
        span.end();
      }
    },
    active,
    errorLog: undefined,
    logFields() {
      const { traceparent } = active();
      const [, trace_id = '', span_id = ''] = traceparent?.split('-') ?? [];
      return traceparent === null ? {} : { trace_id, span_id };
    },
    close: () => provider.shutdown(),
  };
}

/** What isn't a `traceparent` begins a new trace, as the recommendation asks. */
function continueFrom(traceparent: string | null): Context {
  const parent = traceparent === null ? null : parseTraceParent(traceparent);
  return parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}

function createSampler({ sampler, samplerRatio: ratio }: TracingSettings): Sampler {
  const name = sampler.replace('parentbased_', '');
  const root =
    name === 'traceidratio'
      ? new TraceIdRatioBasedSampler(ratio)
      : name === 'always_off'
        ? new AlwaysOffSampler()
        : new AlwaysOnSampler();
  return sampler === name ? root : new ParentBasedSampler({ root });
}

/** As the specification joins them: behind whatever path the address has. */
function joinPath(endpoint: string | undefined, path: string): string {
  return `${endpoint?.replace(/\/+$/, '')}/${path}`;
}
