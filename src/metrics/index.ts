/**
 * Ground: what this process counts and times, for a collector of metrics. Knows names of things and no product rules;
 * holds nothing that must outlive the process. Invariant: no label holds what callers write (a name, an address, an id), so that
 * the number of series stays bounded.
 */
export { createMetrics, type Metrics } from './create-metrics.ts';
