import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { isUnwritable } from './is-unwritable.ts';

test('a file that the system lets nobody write is told, one that is missing is not', async () => {
  const fail = (work: Promise<unknown>) =>
    work.then(
      () => 'no error',
      (error) => error,
    );
  expect(isUnwritable(await fail(writeFile('/proc/version', 'x')))).toBe(true);
  expect(isUnwritable(await fail(readFile('/nowhere/at-all')))).toBe(false);
});

test('the same words of a program or a socket are not', async () => {
  const [failed] = await once(spawn('/proc/version'), 'error');
  expect(failed).toMatchObject({ code: 'EACCES' });
  expect(isUnwritable(failed)).toBe(false);
  const [refused] = await once(connect({ host: '127.0.0.1', port: 1 }), 'error');
  expect(isUnwritable(refused)).toBe(false);
  expect(isUnwritable(Object.assign(new Error('x'), { code: 'EACCES', syscall: 'connect' }))).toBe(false);
  for (const other of [null, undefined, 'EROFS', new Error('EROFS')]) expect(isUnwritable(other)).toBe(false);
});
