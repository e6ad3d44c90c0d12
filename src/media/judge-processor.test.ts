import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judgeProcessor } from './judge-processor.ts';

const cpuinfo = (flags: string) => `processor\t: 0\nmodel name\t: QEMU Virtual CPU\nflags\t\t: ${flags}\nbugs\t\t:\n\n`;

test.each([
  ['fpu sse sse2 ssse3 sse4_1', /no SSE4\.2.*service_error/],
  ['fpu sse sse2 sse4_1 sse4_2 popcnt avx', /no AVX2/],
  ['fpu sse sse2 sse4_1 sse4_2 avx avx2', null],
])('a processor with %s is told as %s', async (flags, told) => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'troupe-cpu-'));
  const path = join(folder.path, 'cpuinfo');
  await writeFile(path, cpuinfo(flags));
  const sentence = await judgeProcessor(path, 'x64');
  if (told === null) expect(sentence).toBeNull();
  else expect(sentence).toMatch(told);
  expect(await judgeProcessor(path, 'arm64')).toBeNull();
});

test('a machine that tells nothing of its processor is not complained about', async () => {
  expect(await judgeProcessor('/no/such/file', 'x64')).toBeNull();
});
