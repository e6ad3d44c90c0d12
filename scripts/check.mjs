/**
 * Runs every `check:` script of `package.json` in its order, which is the longest first, one for each core at a time, and
 * prints what each says when it has ended. All run to their end, so that one run tells all that is wrong; any failure is code 1.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const waiting = Object.keys(scripts).filter((name) => name.startsWith('check:'));
const failed = [];

await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, runNext));
if (failed.length > 0) process.stderr.write(`failed: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function runNext() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await run(name);
}

async function run(name) {
  const startedAt = performance.now();
  // By a shell and with npm's PATH, as npm would run it, without another npm.
  const child = spawn(scripts[name], { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => said.push(bytes));
  const code = await new Promise((done) => child.on('error', done).on('close', done));
  if (code !== 0) failed.push(name);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n${Buffer.concat(said)}`);
}
