import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/helpers/longest-first.ts';
import { TellRetried } from './test/helpers/tell-retried.ts';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'cli/**/*.test.ts', 'client/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'],
    reporters: ['default', new TellRetried()],
    globalSetup: ['test/helpers/start-postgres.ts', 'test/helpers/build-console.ts'],
    // Half of the time tests wait for a clock, a child process or the database; one worker per core would leave both idle.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    // For what never ends, not for what is slow: a green test costs none of it, however busy the machine.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
