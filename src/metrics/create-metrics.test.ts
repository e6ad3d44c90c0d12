import { expect, test, vi } from 'vitest';
import { createMetrics } from './create-metrics.ts';

test('a process watches its event loop from the first look on: what is never looked at costs nothing', async () => {
  const timers = vi.spyOn(globalThis, 'setInterval');
  const metrics = createMetrics();
  metrics.accepted({ model: 'm', dry_run: false, reserved_microcredits: 2_000_000 });
  expect(timers).not.toHaveBeenCalled();
  const { text } = await metrics.show();
  expect(timers).toHaveBeenCalled();
  timers.mockRestore();
  expect(text).toContain('nodejs_eventloop_lag_seconds');
  expect(text).toContain('troupe_credits_total{kind="reserved"} 2');
  // Watched once, however often it is looked at: the registry takes no name twice.
  expect((await metrics.show()).text).toContain('nodejs_eventloop_lag_seconds');
});
