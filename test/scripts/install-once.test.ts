import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { explainUnfit } from '../../scripts/explain-unfit.mjs';
import { isInstallNeeded } from '../../scripts/is-install-needed.mjs';

const lock = (packages: object) => JSON.stringify({ packages: { '': { name: 'troupe' }, ...packages } });
const wanted = lock({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', optional: true } });

test('a bare clone is installed', () => {
  expect(isInstallNeeded(wanted, null, false)).toBe('first run');
});

test('what the lock file asks for is not installed again, optional packages of other platforms may be away', () => {
  expect(isInstallNeeded(wanted, lock({ 'node_modules/a': { version: '1.0.0' } }), true)).toBeNull();
});

test('another version and a missing package are installed', () => {
  expect(isInstallNeeded(wanted, lock({ 'node_modules/a': { version: '1.0.1' } }), true)).not.toBeNull();
  expect(isInstallNeeded(wanted, lock({}), true)).not.toBeNull();
  const olderOptional = lock({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.9.0' } });
  expect(isInstallNeeded(wanted, olderOptional, true)).not.toBeNull();
});

test('an installation without the pinned Node.js, or one that was cut off, is done again', () => {
  const there = lock({ 'node_modules/a': { version: '1.0.0' } });
  expect(isInstallNeeded(wanted, there, false)).not.toBeNull();
  expect(isInstallNeeded(wanted, there.slice(0, 20), true)).not.toBeNull();
});

test('the lock file names every package that another one asks for, and no address of a registry', async () => {
  const text = await readFile('package-lock.json', 'utf8');
  const { packages } = JSON.parse(text) as { packages: Record<string, { optionalDependencies?: object }> };
  expect(text).not.toMatch(/"resolved"/);
  // npm refuses to install from a lock file without the packages of other platforms.
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {}).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});

test('a system without glibc is told before anything is installed, any other installs', () => {
  for (const arch of ['x64', 'arm64']) {
    expect(explainUnfit({ platform: 'linux', arch }, () => false)).toMatch(/glibc.*Alpine.*Debian/);
    expect(explainUnfit({ platform: 'linux', arch }, () => true)).toBeNull();
    expect(explainUnfit({ platform: 'darwin', arch }, () => false)).toBeNull();
  }
  expect(explainUnfit(process)).toBeNull();
});

// What only the check runs is installed by the check.
test('every script installs what is missing before it runs', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> };
  const names = Object.keys(scripts).filter((name) => !name.startsWith('pre') && !name.startsWith('check:'));
  expect(names.filter((name) => scripts[`pre${name}`] !== 'node scripts/install-once.mjs')).toEqual([]);
});
