import { expect, test } from 'vitest';
import { parseSection } from '../lib/settings.ts';
import { chooseLimits } from './choose-limits.ts';
import { section } from './config.ts';
import type { PluginModel } from './plugins/index.ts';

const settings = parseSection(section, {}, []);
const mib = 2 ** 20;

function modelOf(memory_mib: number, load_seconds: number, run_seconds: number): PluginModel {
  const sha256 = '0'.repeat(64);
  const origin = { source: 'a.onnx', added_at: '', path: 'a.onnx', sha256, bytes: 1 };
  return { name: 'a', task: 'matting', architecture: 'u2net', memory_mib, load_seconds, run_seconds, ...origin };
}

test('without models the limits are the settings, and half the memory is let through to the next job, and what the network for things keeps', () => {
  expect(chooseLimits({ ...settings, thingsNetwork: 'off' }, []).keptBytesMax).toBe(256 * mib);
  expect(chooseLimits(settings, [])).toEqual({
    memoryBytesMax: 608 * mib,
    keptBytesMax: 352 * mib,
    startMs: 300_000,
    stallProcessorMs: 10_000,
    runProcessorMs: 60_000,
    stallClockMs: 300_000,
    runClockMs: 1_800_000,
  });
});

test('models bring their memory, which a waiting child keeps, and four times their seconds', () => {
  expect(chooseLimits(settings, [modelOf(300, 1, 2), modelOf(100, 0.5, 0.25)])).toEqual({
    memoryBytesMax: 1008 * mib,
    keptBytesMax: 752 * mib,
    startMs: 300_000,
    stallProcessorMs: 10_000 + 4 * 3000,
    runProcessorMs: 60_000 + 4 * (1000 + 4 * 2000 + 500 + 4 * 250),
    stallClockMs: 30 * (10_000 + 4 * 3000),
    runClockMs: 30 * (60_000 + 4 * (1000 + 4 * 2000 + 500 + 4 * 250)),
  });
});
