import {
  choiceSetting,
  decimalSetting,
  integerSetting,
  optionalTextSetting,
  type Section,
  type SectionValues,
} from '../lib/settings.ts';

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/**
 * Names, values and defaults of OpenTelemetry's own specification, except that nothing is sent as long as no address is named.
 * What only says how to send (`…_HEADERS`, `…_TIMEOUT`, `…_COMPRESSION`, `…_CERTIFICATE`, `OTEL_RESOURCE_ATTRIBUTES`) is read by its library.
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export const section = {
  endpoint: optionalTextSetting(
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'Address of an OTLP collector over HTTP, like http://localhost:4318; traces and errors go there. Without it nothing is traced',
    { parse: parseEndpoint },
  ),
  tracesEndpoint: optionalTextSetting(
    'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    'Where traces go instead, as a whole address like http://localhost:4318/v1/traces',
    { parse: parseEndpoint },
  ),
  logsEndpoint: optionalTextSetting(
    'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT',
    'Where errors go instead, as a whole address like http://localhost:4318/v1/logs',
    { parse: parseEndpoint },
  ),
  tracesExporter: choiceSetting('OTEL_TRACES_EXPORTER', 'otlp', ['otlp', 'none'], 'Whether traces are sent'),
  logsExporter: choiceSetting('OTEL_LOGS_EXPORTER', 'otlp', ['otlp', 'none'], 'Whether logged errors are sent'),
  protocol: choiceSetting(
    'OTEL_EXPORTER_OTLP_PROTOCOL',
    'http/protobuf',
    ['http/protobuf'],
    'How a collector is spoken to',
  ),
  sampler: choiceSetting(
    'OTEL_TRACES_SAMPLER',
    'parentbased_always_on',
    samplers,
    "Which traces are kept; with parentbased_… a caller's own decision holds",
  ),
  samplerRatio: decimalSetting(
    'OTEL_TRACES_SAMPLER_ARG',
    1,
    { min: 0, max: 1 },
    'Share of the traces that are kept, of the samplers with a ratio',
  ),
  delayMs: integerSetting(
    'OTEL_BSP_SCHEDULE_DELAY',
    5_000,
    { min: 10, max: 600_000 },
    'Milliseconds after which spans that have ended are sent together',
  ),
  disabled: choiceSetting('OTEL_SDK_DISABLED', 'false', ['false', 'true'], 'true sends nothing, whatever else is set'),
} satisfies Section;

export type TracingSettings = SectionValues<typeof section>;

/** The text as it is; the library adds the path of what is sent. */
function parseEndpoint(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new Error('must be an http:// or https:// address');
  if (url.username !== '' || url.password !== '') {
    throw new Error('must not hold a user or password: OTEL_EXPORTER_OTLP_HEADERS is for them');
  }
  return text;
}
