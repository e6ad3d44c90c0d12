/**
 * Runs before every npm script (`prestart`, `predemo`, …), on whatever Node.js the system has, hence plain JavaScript
 * without dependencies: installs what is missing, quietly, and says so in one line on standard error. Standard output
 * stays free for the script that follows. The script itself then runs on the pinned Node.js of node_modules/.bin.
 */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explainUnfit } from './explain-unfit.mjs';
import { isInstallNeeded } from './is-install-needed.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lockFolder = join(root, '.installing');
const nodeProgram = process.platform === 'win32' ? 'node_modules/node/bin/node.exe' : 'node_modules/node/bin/node';

const lockPollMs = 250;

if (findReason() !== null) {
  const unfit = explainUnfit(process);
  if (unfit !== null) {
    process.stderr.write(`${unfit}\n`);
    process.exit(1);
  }
  await takeLock();
  try {
    const reason = findReason(); // another process may have installed while this one waited
    if (reason !== null) await install(reason);
  } finally {
    rmSync(lockFolder, { recursive: true, force: true });
  }
}

function findReason() {
  return isInstallNeeded(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
    loadIfThere(join(root, 'node_modules/.package-lock.json')),
    canRun(join(root, nodeProgram)),
  );
}

async function install(reason) {
  const startedAt = Date.now();
  process.stderr.write(`Installing what Troupe needs (${reason}; about a minute) … `);
  const { code, output } = await runNpm(['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']);
  const stillMissing = code === 0 ? findReason() : null;
  const complaint = code === 0 && stillMissing === null ? findComplaint() : '';
  if (complaint !== '') {
    process.stderr.write(
      `failed\n\nThe Node.js that was installed can't run on this system: ${complaint}\nIt needs glibc 2.28 or newer and a file system that programs may be started from.\n`,
    );
    process.exitCode = 1;
    return;
  }
  if (code === 0 && stillMissing === null) {
    process.stderr.write(`done in ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
    return;
  }
  process.stderr.write(`failed\n\n${output}\n`);
  process.stderr.write(
    stillMissing === null
      ? `npm ci ended with code ${code}; its output stands above. Mend what it names and run the command again.\n`
      : `npm ci succeeded, but ${stillMissing}. Does npm's setting ignore-scripts keep packages from setting themselves up?\n`,
  );
  process.exitCode = 1;
}

/** What the installed Node.js says in place of its version; empty when all is well. */
function findComplaint() {
  const { status, stderr, error } = spawnSync(join(root, nodeProgram), ['--version'], { encoding: 'utf8' });
  return status === 0 ? '' : (error?.message ?? (stderr.trim() || `it ended with ${status}`));
}

function runNpm(words) {
  return new Promise((done) => {
    const chunks = [];
    // npm's own settings for this run (`npm run -s`) must not silence the reasons of a failure.
    const env = { ...process.env, npm_config_loglevel: 'error', npm_config_update_notifier: 'false' };
    const child = spawn('npm', words, { cwd: root, env, shell: process.platform === 'win32' });
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => done({ code: -1, output: error.message }));
    child.on('close', (code) => done({ code, output: Buffer.concat(chunks).toString() }));
  });
}

/** Creating a folder either succeeds or finds it there, for one process at a time. */
async function takeLock() {
  for (let isTold = false; ; ) {
    try {
      mkdirSync(lockFolder);
      writeFileSync(join(lockFolder, 'pid'), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = Number(loadIfThere(join(lockFolder, 'pid')) ?? Number.NaN);
    if (Number.isInteger(owner) && owner > 0 && !isAlive(owner)) {
      rmSync(lockFolder, { recursive: true, force: true });
      continue;
    }
    if (!isTold) process.stderr.write('Another process is installing, waiting for it …\n');
    isTold = true;
    await new Promise((done) => setTimeout(done, lockPollMs));
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function loadIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function canRun(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
