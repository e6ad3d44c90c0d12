import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { listUnknownSettings, parseConfig } from '../../src/config.ts';

/** Where systemd brings it. */
const analyzer = '/usr/bin/systemd-analyze';

const deploy = new URL('../../deploy/', import.meta.url);
const load = (name: string) => readFile(new URL(name, deploy), 'utf8');

interface Service {
  image: string;
  read_only?: boolean;
  init?: boolean;
  cap_drop?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
}

async function loadServices(name: string): Promise<Record<string, Service>> {
  return parse(await load(name), { merge: true }).services;
}

test('the Dockerfile is one that engines take, ends as no root, has a health check and copies only what is there', async () => {
  const text = await load('Dockerfile');
  expect(validate(text)).toEqual([]);
  const last = text.slice(text.lastIndexOf('FROM '));
  expect(last).toMatch(/^USER 10001:0$/m);
  expect(last).toMatch(/^HEALTHCHECK .*\/healthz/m);
  expect(last).toMatch(/^VOLUME \/data$/m);
  const names = await readdir(new URL('../', deploy));
  for (const [, name = ''] of text.matchAll(/\/build\/([\w.-]+)/g)) {
    const isMade = ['node_modules', 'dist'].includes(name);
    expect([name, isMade || names.includes(name)]).toEqual([name, true]);
  }
});

test.each(['compose.yaml', 'compose.cluster.yaml'])(
  '%s runs this program on a read-only root without capabilities, and every setting in it exists',
  async (name) => {
    const own = Object.values(await loadServices(name)).filter(({ image }) => image === 'troupe');
    expect(own.length).toBeGreaterThan(0);
    for (const { read_only, init, cap_drop, environment = {} } of own) {
      expect({ read_only, init, cap_drop }).toEqual({ read_only: true, init: true, cap_drop: ['ALL'] });
      const settings = Object.fromEntries(
        Object.entries(environment).map(([key, value]) => [key, value.replaceAll(/\$\{(\w+)[^}]*\}/g, 'x')]),
      );
      expect(listUnknownSettings(settings)).toEqual([]);
      parseConfig(settings);
    }
  },
);

test('the settings of the chart exist, and every template ends what it begins', async () => {
  const { settings } = parse(await load('helm/troupe/values.yaml'));
  expect(listUnknownSettings(settings)).toEqual([]);
  parseConfig(settings);
  for (const name of await readdir(new URL('helm/troupe/templates/', deploy))) {
    const text = await load(`helm/troupe/templates/${name}`);
    const count = (pattern: RegExp) => [...text.matchAll(pattern)].length;
    expect([name, count(/\{\{-? (if|range|define) /g)]).toEqual([name, count(/\{\{-? end/g)]);
    for (const [, setting = ''] of text.matchAll(/\b((?:TROUPE_|DATABASE_)\w+)/g))
      expect(listUnknownSettings({ [setting]: '' })).toEqual([]);
  }
});

test.skipIf(spawnSync(analyzer, ['--version']).error !== undefined)(
  'systemd knows every line of the units; only the program that lies elsewhere is missing here',
  async () => {
    const units = (await readdir(deploy)).filter((name) => name.endsWith('.service'));
    expect(units.sort()).toEqual(['troupe-api.service', 'troupe-worker.service', 'troupe.service']);
    for (const unit of units) {
      const { stderr } = spawnSync(analyzer, ['verify', new URL(unit, deploy).pathname]);
      const lines = stderr.toString().split('\n');
      expect(lines.filter((line) => line.includes(unit) && !/is not executable/.test(line))).toEqual([]);
    }
  },
);
