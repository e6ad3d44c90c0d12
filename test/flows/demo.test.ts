import { once } from 'node:events';
import { access, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findRunningPostgres } from '../../src/db/index.ts';
import { startProcess } from '../helpers/run-command-line.ts';

test('the demo makes two elements and a video of one, all where it says, ends with code 0 and leaves no PostgreSQL', {
  timeout: 900_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-demo-'));
  try {
    const { child, output } = startProcess(['demo/main.ts'], { TROUPE_DATA_DIR: folder });
    const [code] = await once(child, 'close');
    expect(output.stderr).toBe('');
    expect(code).toBe(0);
    const ids = [...output.stdout.matchAll(/element_id {2}(\d{16})/g)].map(([, id]) => id as string);
    expect(ids).toHaveLength(2);
    expect((await readdir(join(folder, 'storage/elements'))).sort()).toEqual(ids.toSorted());
    await access(join(folder, 'storage/elements', ids[0] ?? '', 'frontal.jpg'));
    expect(output.stdout).toMatch(/charged {5}1 credit\(s\), 198 left/);
    expect(output.stdout).toMatch(/video {7}\S+video\.mp4, 6 s, 1280 × 720 px/);
    expect((await readFile(join(folder, 'video.mp4'))).subarray(4, 8).toString()).toBe('ftyp');
    const [, url = ''] = /Troupe answers at (\S+),/.exec(output.stdout) ?? [];
    expect(output.stdout).toContain(`curl -sw '\\n' ${url}/v1/videos/generations`);
    expect(output.stdout).toContain(`videos create ${ids[0]} --prompt`);
    expect(await findRunningPostgres(folder)).toBeNull();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
