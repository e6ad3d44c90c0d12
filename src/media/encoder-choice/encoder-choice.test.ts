import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { parseSection } from '../../lib/settings.ts';
import type { AnimaticScript, ScriptShot } from '../animatic/script.ts';
import { chooseLimits } from '../choose-limits.ts';
import { type MediaSettings, section } from '../config.ts';
import { createMedia } from '../create-media.ts';
import { findVideoTools } from '../find-video-tools.ts';
import { createEncoderChoice, type EncoderChoice } from './create-encoder-choice.ts';
import { findVersions } from './find-versions.ts';
import { keepVerdict, loadVerdict } from './keep-verdict.ts';
import { describeVerdict, judge, type Verdict, type Versions } from './verdict.ts';

const root = mkdtempSync(join(tmpdir(), 'troupe-choice-'));
const { PATH: path, TMPDIR: temporaryFolder } = process.env;
const settings = parseSection(section, {}, []);
const open: EncoderChoice[] = [];

afterEach(async () => {
  process.env.PATH = path;
  if (temporaryFolder === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = temporaryFolder;
  await Promise.all(open.splice(0).map((choice) => choice.close()));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const newFolder = () => mkdtempSync(join(root, 'data-'));

function create(dataFolder: string, own: { patienceMs?: number; ffmpeg?: string } = {}) {
  const { patienceMs, ffmpeg } = own;
  const sentences: string[] = [];
  const choice = createEncoderChoice({
    settings: { ...settings, ffmpeg },
    limits: chooseLimits(settings, []),
    dataFolder,
    onChosen: (sentence) => sentences.push(sentence),
    ...(patienceMs !== undefined && { patienceMs }),
  });
  open.push(choice);
  return { choice, sentences };
}

/** An `ffmpeg` on PATH that says what it can, and encodes by these words of a shell; each encoding leaves a line in `count`. */
function standInFfmpeg(encode: string, version = '5.0') {
  const folder = newFolder();
  const count = join(folder, 'count');
  const told = `ffmpeg version ${version} (stand-in)`;
  const encoders = `*-encoders*) echo '${told}' >&2; echo ' V libx264 '; echo ' A aac '; exit;;`;
  const script = `#!/bin/sh\ncase "$*" in ${encoders} *-version*) echo '${told}'; exit;; esac\necho one >> ${count}\n${encode}\n`;
  writeFileSync(join(folder, 'ffmpeg'), script, { mode: 0o755 });
  process.env.PATH = `${folder}:${path}`;
  return () => (readdirSync(folder).includes('count') ? readFileSync(count, 'utf8').trim().split('\n').length : 0);
}

const quick = 'exec cat > /dev/null';
const slow = 'i=0; while [ $i -lt 1000000 ]; do i=$((i+1)); done; exec cat > /dev/null';
function quickerNodeAv(of: Versions): Verdict {
  const verdict = judge(of, { seconds: 1 }, { seconds: 0.5 });
  if (verdict === null) throw new Error('nothing was judged');
  return verdict;
}

const of: Versions = { ffmpeg: 'ffmpeg 5.0', node_av: 'node-av 6', processor: 'one × 2' };

describe('judging', () => {
  test.each([
    ['node-av where it takes clearly less', { seconds: 1 }, { seconds: 0.9 }, 'node-av'],
    ['ffmpeg where it takes less', { seconds: 0.9 }, { seconds: 1 }, 'ffmpeg'],
    ['ffmpeg where both are as good as equal', { seconds: 1 }, { seconds: 0.97 }, 'ffmpeg'],
    ['ffmpeg where node-av fails', { seconds: 9 }, { failed: 'signal SIGSEGV' }, 'ffmpeg'],
    ['node-av where ffmpeg fails', { failed: 'exit code 1' }, { seconds: 9 }, 'node-av'],
  ])('takes %s', (_, ffmpeg, node_av, taken) => {
    expect(judge(of, ffmpeg, node_av)).toMatchObject({ taken });
  });

  test('nothing is said where both fail', () => {
    expect(judge(of, { failed: 'a' }, { failed: 'b' })).toBeNull();
  });
});

describe('what is kept', () => {
  test('is read again as it was, and leaves no other file', async () => {
    const folder = newFolder();
    const verdict = quickerNodeAv(of);
    await keepVerdict(folder, verdict);
    expect(await loadVerdict(folder)).toEqual(verdict);
    expect(readdirSync(folder)).toEqual(['video-encoder.json']);
  });

  test.each(['', '{', '{"taken":"x264"}', '[]'])('%j is as good as nothing', async (text) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'video-encoder.json'), text);
    expect(await loadVerdict(folder)).toBeNull();
  });
});

describe('a trial', () => {
  test('takes node-av before an ffmpeg that is slow, says the figures, and the next process knows it at once', async () => {
    const countEncodings = standInFfmpeg(slow);
    const folder = newFolder();
    const { choice, sentences } = create(folder);
    expect(await choice.quicker()).toBeUndefined();
    await Promise.all([choice.review(), choice.review()]);
    expect(await choice.quicker()).toBe('node-av');
    expect(sentences).toEqual([
      expect.stringMatching(
        /^node-av is taken: for two seconds of video at 720p ffmpeg took \d+\.\d\d s, node-av took \d+\.\d\d s$/,
      ),
    ]);
    const made = countEncodings();
    expect(made).toBeGreaterThan(0);
    const next = create(folder);
    expect(await next.choice.quicker()).toBe('node-av');
    await next.choice.review();
    expect([countEncodings(), next.sentences]).toEqual([made, []]);
  });

  test('is made again for another version', async () => {
    standInFfmpeg(slow);
    const folder = newFolder();
    await create(folder).choice.review();
    standInFfmpeg(quick, '6.0');
    const { choice } = create(folder);
    expect(await choice.quicker()).toBe('node-av');
    await choice.review();
    expect(await choice.quicker()).toBe('ffmpeg');
    expect((await loadVerdict(folder))?.of.ffmpeg).toBe('ffmpeg 6.0');
  });

  test.each([
    ['breaks down', 'kill -SEGV $$', /ffmpeg failed \(.*\)/],
    ['hangs', 'exec sleep 600', /ffmpeg failed \(.*timeout\)/],
  ])('of an ffmpeg that %s takes the other, until the next start', async (_, encode, told) => {
    standInFfmpeg(encode);
    const folder = newFolder();
    const { choice, sentences } = create(folder, { patienceMs: 20_000 });
    await choice.review();
    expect(await choice.quicker()).toBe('node-av');
    expect(sentences).toEqual([expect.stringMatching(told)]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('counts for its own process where the data folder takes no files', async () => {
    standInFfmpeg(slow);
    const file = join(newFolder(), 'a-file');
    writeFileSync(file, '');
    const { choice } = create(file);
    await choice.review();
    expect(await choice.quicker()).toBe('node-av');
  });

  test('ends with its process, and nothing is said or kept or left behind', async () => {
    const countEncodings = standInFfmpeg('exec sleep 600');
    const folder = newFolder();
    const temporary = newFolder();
    process.env.TMPDIR = temporary;
    const { choice, sentences } = create(folder);
    const review = choice.review();
    await expect.poll(countEncodings, { timeout: 60_000 }).toBe(1);
    const listLeft = () => readdirSync(temporary).filter((name) => name.startsWith('troupe-trial-'));
    expect(listLeft().length).toBe(1);
    await choice.close();
    expect(listLeft()).toEqual([]);
    await review;
    expect([sentences, readdirSync(folder)]).toEqual([[], []]);
  });

  test('is not made where a setting names the program', async () => {
    const countEncodings = standInFfmpeg(quick);
    const folder = newFolder();
    const { choice } = create(folder, { ffmpeg: 'ffmpeg' });
    await choice.review();
    expect([await choice.quicker(), countEncodings(), readdirSync(folder)]).toEqual([undefined, 0, []]);
  });
});

describe('an animatic', () => {
  const shot: ScriptShot = {
    frame_count: 6,
    caption: 'A test.',
    framing: 'medium',
    move: 'still',
    side: 'centre',
    cast: [],
    pinned: [],
    scene: { kind: 'studio' },
  };
  const script: AnimaticScript = {
    width_px: 320,
    height_px: 180,
    shots: [shot],
    cast: [],
    images: [],
    clip: null,
    sound: { is_made: false, is_kept: false },
    title: '',
    comment: '',
  };
  const encode = async (dataFolder: string, own: Partial<MediaSettings> = {}) => {
    const media = createMedia({ ...settings, ...own }, { dataFolder });
    const { encoder } = await media.renderAnimatic(script, newFolder()).finally(() => media.close());
    return encoder.split(' ')[0];
  };

  test('is encoded by ffmpeg until the quicker one is known, by that from the next start on, and by a named one always', async () => {
    const folder = newFolder();
    expect(await encode(folder)).toBe('ffmpeg');
    await keepVerdict(folder, quickerNodeAv((await findVersions()) as Versions));
    expect(await encode(folder)).toBe('node-av');
    expect(await encode(folder, { videoEncoder: 'ffmpeg' })).toBe('ffmpeg');
    expect(await encode(folder, { ffmpeg: 'ffmpeg' })).toBe('ffmpeg');
    expect(await encode(newFolder(), { videoEncoder: 'node-av' })).toBe('node-av');
  });

  test('is encoded by the other one where the quicker one can not any more', async () => {
    const folder = newFolder();
    await keepVerdict(folder, { ...quickerNodeAv(of), taken: 'ffmpeg' });
    const bare = newFolder();
    symlinkSync(process.execPath, join(bare, 'node'));
    process.env.PATH = bare;
    expect(await encode(folder)).toBe('node-av');
  });
});

describe('what the doctor finds', () => {
  test('follows the verdict, with its figures', async () => {
    standInFfmpeg(quick);
    const folder = newFolder();
    const before = await findVideoTools(settings, folder);
    expect(before).toMatchObject({ decoder: 'ffmpeg 5.0', encoder: 'ffmpeg 5.0' });
    expect(before.choice).toContain('have not been compared yet');
    const verdict = quickerNodeAv((await findVersions()) as Versions);
    await keepVerdict(folder, verdict);
    const after = await findVideoTools(settings, folder);
    expect(after).toMatchObject({ decoder: 'ffmpeg 5.0', choice: describeVerdict(verdict) });
    expect(after.encoder).toMatch(/^node-av \(FFmpeg /);
    const forced = await findVideoTools({ ...settings, videoEncoder: 'ffmpeg' }, folder);
    expect(forced).toMatchObject({ encoder: 'ffmpeg 5.0', choice: null });
  });

  test('is found without any code of node-av in the process that asks', async () => {
    standInFfmpeg(quick);
    // A process of its own: this one may have decoded with it.
    const script = `
      import { findVideoTools } from '${new URL('../find-video-tools.ts', import.meta.url).href}';
      const { decoder } = await findVideoTools(${JSON.stringify(settings)}, '${newFolder()}');
      const { sharedObjects } = process.report.getReport();
      console.log(JSON.stringify({ decoder, loaded: sharedObjects.filter((name) => name.includes('node-av')) }));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(JSON.parse(stdout)).toEqual({ decoder: 'ffmpeg 5.0', loaded: [] });
  });
});
