import { defineConfig } from 'vitest/config';
import { TellRetried } from './test/helpers/tell-retried.ts';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'cli/**/*.test.ts', 'client/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'],
    reporters: ['default', new TellRetried()],
    globalSetup: ['test/helpers/start-postgres.ts', 'test/helpers/build-console.ts'],
    // Most of these tests wait for a clock, a child process or the database; one worker per core would leave both idle.
    maxWorkers: 3,
    // Files of a worker share what is loaded: loading it anew for each of 300 took a sixth of all processor time. So whatever a
    // file changes for its process (settings in the environment, the children of a helper) it puts back at its end.
    isolate: false,
    // For what never ends, not for what is slow: a green test costs none of it, however busy the machine.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
