import { killAtRandom } from './random-kills.ts';

const [seed, tasks, kills] = process.argv.slice(2).map(Number);
console.log(
  await killAtRandom({
    seed: seed!,
    taskCount: tasks!,
    killCount: kills!,
    pauseMs: [500, 3000],
    pauseShare: 0.1,
    sleepMs: 45_000,
  }),
);
