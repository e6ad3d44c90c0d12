import { availableParallelism } from 'node:os';
import { integerSetting, type Section, type SectionValues } from '../lib/settings.ts';

export const section = {
  buildSlots: {
    ...integerSetting(
      'TROUPE_BUILD_SLOTS',
      Math.max(1, availableParallelism()),
      { min: 1, max: 1024 },
      'Elements that one worker process builds at once; the default is the number of cores',
    ),
    // Documentation must not depend on the machine that it was made on.
    show: () => '',
  },
  fetchSlots: integerSetting(
    'TROUPE_FETCH_SLOTS',
    64,
    { min: 1, max: 1024 },
    'Tasks whose sources one worker process fetches at once, beside those that it builds; one account gets at most half of all',
  ),
  upstreamSlots: integerSetting(
    'TROUPE_UPSTREAM_SLOTS',
    64,
    { min: 1, max: 1024 },
    "Tasks of services elsewhere that one worker process works on at once; those that only wait there don't count, up to 16 times as many",
  ),
  deliverSlots: integerSetting(
    'TROUPE_CALLBACK_SLOTS',
    256,
    { min: 1, max: 4096 },
    'Callbacks that one worker process sends at once',
  ),
  stopSeconds: integerSetting(
    'TROUPE_STOP_SECONDS',
    25,
    { min: 0, max: 3600 },
    'Seconds that running work, and requests whose answers are on their way, get to end when the process is told to stop',
  ),
  probePort: integerSetting(
    'TROUPE_WORKER_PROBE_PORT',
    0,
    { min: 0, max: 65_535 },
    'Port at which a worker answers /healthz and /readyz on the address of HOST; 0 for none',
  ),
} satisfies Section;

export type WorkerSettings = SectionValues<typeof section>;
