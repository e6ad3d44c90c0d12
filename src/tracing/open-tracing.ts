import type { TracingSettings } from './config.ts';
import type { Origin } from './start-tracing.ts';
import { noTracing, type Tracing } from './tracing.ts';

/** Begins to trace as the settings say. The library, some 50 ms of processor time, is loaded for those alone who want it. */
export async function openTracing(settings: TracingSettings, origin: Origin): Promise<Tracing> {
  const { endpoint, tracesEndpoint, logsEndpoint, tracesExporter, logsExporter, disabled } = settings;
  if (disabled === 'true') return noTracing;
  const sends = {
    traces: tracesExporter === 'otlp' && (endpoint ?? tracesEndpoint) !== undefined,
    errors: logsExporter === 'otlp' && (endpoint ?? logsEndpoint) !== undefined,
  };
  if (!sends.traces && !sends.errors) return noTracing;
  const { startTracing } = await import('./start-tracing.ts');
  return startTracing(settings, sends, origin);
}
