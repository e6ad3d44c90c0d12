const quantile = (q: number, metric: string, by?: string) =>
  `histogram_quantile(${q}, sum by (le${by === undefined ? '' : `, ${by}`}) (rate(${metric}_bucket[5m])))`;

/** Title, unit, and one query with its legend each. */
const panels: readonly [title: string, unit: string, ...queries: [query: string, legend: string][]][] = [
  [
    'Requests by status',
    'reqps',
    ['sum by (status) (rate(troupe_http_request_duration_seconds_count[5m]))', '{{status}}'],
  ],
  [
    'Answer time',
    's',
    [quantile(0.5, 'troupe_http_request_duration_seconds'), 'median'],
    [quantile(0.95, 'troupe_http_request_duration_seconds'), '95 %'],
    [quantile(0.99, 'troupe_http_request_duration_seconds'), '99 %'],
  ],
  [
    'Slowest routes, 95 %',
    's',
    [`topk(8, ${quantile(0.95, 'troupe_http_request_duration_seconds', 'route')})`, '{{route}}'],
  ],
  [
    'Tasks a minute',
    'short',
    ['60 * sum(rate(troupe_tasks_accepted_total[5m]))', 'accepted'],
    ['60 * sum by (status) (rate(troupe_tasks_ended_total[5m]))', '{{status}}'],
  ],
  [
    'Jobs that are due',
    'short',
    ['sum by (queue) (max by (queue, state) (troupe_queue_jobs{state="due"}))', '{{queue}}'],
  ],
  ['Oldest due job', 's', ['max by (queue) (troupe_queue_oldest_due_seconds)', '{{queue}}']],
  [
    'Attempts by outcome, a minute',
    'short',
    ['60 * sum by (outcome) (rate(troupe_attempt_duration_seconds_count[5m]))', '{{outcome}}'],
  ],
  ['Attempt time by model, median', 's', [quantile(0.5, 'troupe_attempt_duration_seconds', 'model'), '{{model}}']],
  ['Failures by code, a minute', 'short', ['60 * sum by (code) (rate(troupe_attempt_failures_total[5m]))', '{{code}}']],
  ['Where builds spend their time', 's', ['sum by (step) (rate(troupe_step_duration_seconds_sum[15m]))', '{{step}}']],
  [
    'Children of media',
    'short',
    ['sum by (state) (troupe_media_children)', '{{state}}'],
    ['sum by (reason) (increase(troupe_media_children_lost_total[5m]))', 'lost: {{reason}}'],
  ],
  [
    'Memory',
    'bytes',
    ['sum(process_resident_memory_bytes{job="troupe"})', 'processes'],
    ['sum(troupe_media_children_memory_bytes)', 'children'],
  ],
  [
    'Callbacks by outcome, a minute',
    'short',
    ['60 * sum by (outcome) (rate(troupe_callback_duration_seconds_count[5m]))', '{{outcome}}'],
  ],
  ['Credits a minute', 'short', ['60 * sum by (kind) (rate(troupe_credits_total[5m]))', '{{kind}}']],
  ['Connections to the database', 'short', ['sum by (state) (troupe_database_connections)', '{{state}}']],
  ['Ready', 'short', ['min by (part) (troupe_ready)', '{{part}}']],
  ['Free space', 'bytes', ['min(troupe_data_folder_free_bytes)', 'free']],
];

/** Of a grid of 24 columns. */
const size = { w: 8, h: 8 };

/** `deploy/grafana-dashboard.json`: a panel a line here, so that what is shown can be read and reviewed. */
export function generateDashboard(): string {
  const datasource = { type: 'prometheus', uid: '$' + '{datasource}' };
  const dashboard = {
    title: 'Troupe',
    uid: 'troupe',
    tags: ['troupe'],
    schemaVersion: 39,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] },
    panels: panels.map(([title, unit, ...queries], index) => ({
      id: index + 1,
      type: 'timeseries',
      title,
      datasource,
      gridPos: { x: (index % 3) * size.w, y: Math.floor(index / 3) * size.h, ...size },
      fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
      targets: queries.map(([expr, legendFormat], at) => ({
        refId: 'ABCDEFGH'[at],
        datasource,
        expr,
        legendFormat,
      })),
    })),
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}
