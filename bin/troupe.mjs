#!/usr/bin/env node
/**
 * What starts the program: `npm start`, a service, the image, and `troupe` on PATH after `npm link` in a clone or
 * `npm install --global` of the packed package. Plain JavaScript: any Node.js may run it (a clone has its own, which is taken;
 * a package is run by this one, if it is new enough), and code that an earlier start compiled is found before any is loaded.
 */
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The major version that the server's code is written for; `package.json` pins it for clones. */
const nodeMajorMin = 24;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'src/main.ts');
const words = process.argv.slice(2);
const programName = process.platform === 'win32' ? 'node.exe' : 'node';
const ownNode = join(root, 'node_modules/node/bin', programName);

if (existsSync(source)) {
  if (!existsSync(ownNode)) refuse(`nothing is installed in ${root}: run npm install there`);
  else if (realpathSync(ownNode) === realpathSync(process.execPath)) await runHere(source);
  else runWith(ownNode);
} else if (Number(process.versions.node.split('.')[0]) >= nodeMajorMin) {
  await runHere(join(root, 'dist/src/main.js'));
} else {
  refuse(`this needs Node.js ${nodeMajorMin} or newer, and ${process.execPath} is ${process.versions.node}`);
}

async function runHere(main) {
  const { findCodeCache } = await import(new URL('lib/find-code-cache.mjs', pathToFileURL(main)).href);
  const cache = findCodeCache();
  if (cache !== null) enableCompileCache(cache);
  await import(pathToFileURL(main).href);
}

function runWith(node) {
  const child = spawn(node, [source, ...words], { stdio: 'inherit' });
  // A terminal's Ctrl-C reaches both; what is sent to this process alone is handed on.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => undefined);
  child.on('error', (error) => refuse(error.message));
  child.on('close', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

function refuse(message) {
  if (words.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ error: { code: 'invalid_request', message, mistakes: [message] } })}\n`);
  } else process.stderr.write(`troupe: ${message}\n`);
  process.exitCode = 2;
}
