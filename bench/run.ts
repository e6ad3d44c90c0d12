/** Runs every benchmark of the server, one after another, and fails when one of them missed a bar. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const benchmarks = ['accept', 'query', 'whole-tasks', 'resting', 'uploads'];

const failed = benchmarks.filter((name) => {
  const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  return spawnSync(process.execPath, [file], { stdio: 'inherit' }).status !== 0;
});
process.stdout.write(failed.length === 0 ? '\nall bars reached\n' : `\nbars missed in: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
