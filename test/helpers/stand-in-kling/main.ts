/**
 * The stand-in as a program, so that a whole server can be pointed at it by TROUPE_KLING_BASE_URL:
 * `node test/helpers/stand-in-kling/main.ts '{"parallelMax": 5, "taskMs": 2000}'` prints its address and the keys it takes.
 * SIGUSR2 prints what it has made so far as one line of JSON.
 */
import type { FaultPlan } from './faults.ts';
import { type StandInOptions, standInCredentials, startStandIn } from './stand-in.ts';

const { plan, ...options } = JSON.parse(process.argv[2] ?? '{}') as StandInOptions & { plan?: FaultPlan };
const standIn = await startStandIn(options);
if (plan !== undefined) standIn.plan(plan);
process.stdout.write(`${JSON.stringify({ url: standIn.url, ...standInCredentials })}\n`);
process.on('SIGUSR2', () => {
  process.stdout.write(`${JSON.stringify({ made: standIn.made(), parallelPeak: standIn.parallelPeak() })}\n`);
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, async () => {
    await standIn[Symbol.asyncDispose]();
    process.exit(0);
  });
}
