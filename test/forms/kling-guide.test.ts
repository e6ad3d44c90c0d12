import { spawnSync } from 'node:child_process';
import { copyFile, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readProgram } from '../helpers/read-guide.ts';
import { runTroupe } from '../helpers/run-command-line.ts';
import { runProgram } from '../helpers/run-program.ts';
import { scriptVideoEngine } from '../helpers/script-video-engine.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

const hasPython = spawnSync('python3', ['-c', 'import requests']).status === 0;
const guide = new URL('../../docs/guides/kling-official.md', import.meta.url);

let origin: MediaOrigin;
let troupe: StartedTroupe;

beforeAll(async () => {
  origin = await startOrigin();
  troupe = await startTroupe({ worker: true, videoEngine: scriptVideoEngine('remote') });
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

async function run(language: string, environment: Readonly<Record<string, string>>) {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'troupe-kling-'));
  await copyFile(new URL('../fixtures/media/bear.jpg', import.meta.url), join(folder.path, 'front.jpg'));
  await writeFile(join(folder.path, 'guide.py'), await readProgram(guide, language));
  return await runProgram('python3', ['guide.py'], { cwd: folder.path, environment });
}

test.skipIf(!hasPython)(
  "the guide's `requests` script makes an element and a video with it, with a key",
  { timeout: 600_000 },
  async () => {
    const { code, output } = await run('python', {
      KLING_BASE_URL: troupe.url,
      TROUPE_API_KEY: troupe.key.key,
      FRONT_URL: origin.url('/bear.jpg'),
      SIDE_URL: origin.url('/bear-side.jpg'),
    });
    expect([code, output]).toEqual([0, expect.stringMatching(/^element \d{16}\nvideo http:\/\/\S+\n$/)]);
  },
);

test.skipIf(!hasPython)(
  "the guide's client of a node pack signs with a pair from the command line, below /kling, and makes a video of a file",
  { timeout: 600_000 },
  async () => {
    const { config, database } = troupe;
    const environment = { DATABASE_URL: database.url, TROUPE_DATA_DIR: config.dataFolder };
    const made = await runTroupe(
      ['keys', 'create', '--name', 'comfy', '--account', 'tester', '--pair', '--json'],
      environment,
    );
    const { access_key, secret_key } = JSON.parse(made.stdout);
    const { code, output } = await run('py', {
      KLING_BASE_URL: `${troupe.url}/kling`,
      ACCESS_KEY: access_key,
      SECRET_KEY: secret_key,
    });
    expect([code, output]).toEqual([0, expect.stringMatching(/^video \S+ 200\n$/)]);
  },
);
