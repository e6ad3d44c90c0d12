import { spawnSync } from 'node:child_process';
import { copyFile, mkdtempDisposable, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { signCallback } from '../../src/callbacks/index.ts';
import { readProgram } from '../helpers/read-guide.ts';
import { runProgram } from '../helpers/run-program.ts';
import { startTroupe } from '../helpers/start-troupe.ts';

const hasPython = spawnSync('python3', ['-c', 'import requests']).status === 0;

test.skipIf(!hasPython)(
  "with python3 and requests the Python guide's blocks, run as one script, do what they say",
  async () => {
    await using troupe = await startTroupe({ worker: true, environment: { TROUPE_ELEMENT_ENGINE: 'local' } });
    await using folder = await mkdtempDisposable(join(tmpdir(), 'troupe-python-'));
    for (const [name, fixture] of [
      ['front.jpg', 'bear.jpg'],
      ['side.jpg', 'bear-side.jpg'],
    ] as const) {
      await copyFile(new URL(`../fixtures/media/${fixture}`, import.meta.url), join(folder.path, name));
    }
    const body = JSON.stringify({ id: 'task-1', status: 'completed' });
    const headers = signCallback({ id: 'msg_task-1', body, sentAt: new Date() }, [troupe.key.callback_secret]);
    const check = `
headers, body = json.loads(os.environ["HEADERS"]), os.environ["BODY"].encode()
assert verify(os.environ["SECRET"], headers, body)["id"] == "task-1"
try:
    verify(os.environ["SECRET"], headers, body + b" ")
    raise SystemExit("a forged callback was taken")
except ValueError:
    print("the callback is verified")
`;
    const program = `${await readProgram(new URL('../../docs/guides/python.md', import.meta.url), 'python')}\n${check}`;
    await writeFile(join(folder.path, 'guide.py'), program);
    const environment = {
      TROUPE_URL: troupe.url,
      TROUPE_API_KEY: troupe.key.key,
      SECRET: troupe.key.callback_secret,
      HEADERS: JSON.stringify(headers),
      BODY: body,
    };
    const { code, output } = await runProgram('python3', ['guide.py'], { cwd: folder.path, environment });
    expect([code, output]).toEqual([0, expect.stringMatching(/element \d{16}/)]);
    expect(output).toMatch(/100 % completed/);
    expect(output).toContain("['RC car']");
    expect(output).toContain('element_not_found');
    expect(output).toContain('the callback is verified');
    for (const name of ['car.mp4', 'sheet.webp'])
      expect((await stat(join(folder.path, name))).size).toBeGreaterThan(1000);
  },
);
