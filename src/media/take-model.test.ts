import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  fixedFaces,
  greenMatting,
  halfMatting,
  hungryMatting,
  imageMatting,
  meanColorEmbedding,
  nanMatting,
  veilMatting,
} from '../../test/helpers/tiny-models.ts';
import { parseSection } from '../lib/settings.ts';
import {
  type AddModelOptions,
  findRuntime,
  listModels,
  type MediaSettings,
  openPlugins,
  removeModel,
  section,
  takeModel,
} from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'troupe-models-'));
const settings: MediaSettings = parseSection(section, {}, []);
const now = new Date('2026-01-02T03:04:05Z');
let folder: string;
let made = 0;

beforeEach(() => {
  folder = join(root, `models-${made++}`);
});
afterAll(() => rmSync(root, { recursive: true }));

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function fileOf(bytes: Buffer, name = 'tiny.onnx'): string {
  const path = join(root, `${made++}-${name}`);
  writeFileSync(path, bytes);
  return path;
}

function add(bytes: Buffer, options: Partial<AddModelOptions> = {}, own: Partial<MediaSettings> = {}) {
  const whole = {
    from: fileOf(bytes),
    sha256: hash(bytes),
    task: 'matting' as const,
    name: 'tiny',
    acceptLicence: false,
  };
  const download = () => Promise.reject(new Error('nothing is fetched here'));
  const takeFromPackage = download;
  return takeModel(folder, { ...whole, ...options }, { ...settings, ...own }, { now, download, takeFromPackage });
}

const left = () => (existsSync(folder) ? readdirSync(folder) : []);

describe('a model is added', () => {
  test('after it was opened, recognised and run; then its bytes and description lie in the folder of its task', async () => {
    const bytes = greenMatting();
    const entry = await add(bytes);
    expect(entry).toMatchObject({
      name: 'tiny',
      task: 'matting',
      architecture: 'u2net',
      sha256: hash(bytes),
      bytes: bytes.length,
      source: expect.stringMatching(/^\d+-tiny\.onnx$/),
      added_at: '2026-01-02T03:04:05.000Z',
    });
    expect(entry.memory_mib).toBeGreaterThan(1);
    expect(entry.run_seconds).toBeGreaterThan(0);
    expect(left()).toEqual(['matting']);
    const [listed] = await listModels(folder);
    expect(listed).toMatchObject({ fault: null, model: { ...entry, path: join(folder, 'matting', 'model.onnx') } });
    expect((await openPlugins(folder, 'auto')).models).toEqual([listed?.model]);
  });

  test('one for each task, named for its file where no name is given', async () => {
    await add(meanColorEmbedding(), {
      task: 'embedding',
      from: fileOf(meanColorEmbedding(), 'My CLIP.onnx'),
      name: undefined,
    });
    await add(fixedFaces(), { task: 'faces', name: 'boxes' });
    const names = (await listModels(folder)).map(({ model }) => `${model?.architecture} ${model?.name}`);
    expect(names).toEqual([expect.stringMatching(/^clip \d+-my-clip$/), 'ultraface-320 boxes']);
    const again = add(fixedFaces(), { task: 'faces' });
    await expect(again).rejects.toThrow(
      "there is a model for faces already: 'boxes'; remove it first: troupe models remove boxes",
    );
  });

  test('of two that are added at once for one task, exactly one is', async () => {
    const both = await Promise.allSettled([
      add(greenMatting(), { name: 'one' }),
      add(greenMatting(), { name: 'other' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(left()).toEqual(['matting']);
    expect((await listModels(folder))[0]?.fault).toBeNull();
  });

  test.each([
    ['as IS-Net where its values are chances already', imageMatting('chances'), undefined, 'isnet'],
    ['as BiRefNet where they are odds', imageMatting('odds'), undefined, 'birefnet'],
    ['as what it is named, though its values look otherwise', imageMatting('odds'), 'isnet', 'isnet'],
    ['of half precision', halfMatting(), undefined, 'u2net'],
  ])('%s', async (_, bytes, architecture, known) => {
    expect((await add(bytes, { architecture })).architecture).toBe(known);
  });

  test('and removed by its name or its task, with nothing left', async () => {
    await add(greenMatting());
    await expect(removeModel(folder, 'other')).rejects.toThrow("there is no model 'other'; there are tiny");
    await removeModel(folder, 'tiny');
    expect(left()).toEqual([]);
    await add(greenMatting());
    await removeModel(folder, 'matting');
    expect(left()).toEqual([]);
  });
});

describe('a model is refused, and nothing is left of it', () => {
  test.each<[string, Buffer, Partial<AddModelOptions>, RegExp]>([
    ['a wrong checksum', greenMatting(), { sha256: '0'.repeat(64) }, /has SHA-256 [0-9a-f]{64}, expected 0{64}/],
    ['what is no checksum', greenMatting(), { sha256: 'abc' }, /--sha256 must be 64 hexadecimal digits/],
    [
      'wrong sides',
      greenMatting({ side: 64 }),
      {},
      /Found: input 'input\.1' float32 \[1, 3, 64, 64\].*u2net: input float32 \[1, 3, 320, 320\]/s,
    ],
    ['another task', greenMatting(), { task: 'faces' }, /fits no known architecture.*yunet/s],
    ['another architecture', greenMatting(), { architecture: 'birefnet' }, /Expected:\s+birefnet: input 'input_image'/],
    ['a truncated file', greenMatting().subarray(0, 120), {}, /not an ONNX model that can be opened/],
    ['an empty file', Buffer.alloc(0), {}, /not an ONNX model that can be opened|fits no known/],
    ['something else', Buffer.from('<html>404</html>'), {}, /not an ONNX model that can be opened/],
    [
      'NaN on the small picture',
      nanMatting(),
      {},
      /gave 102400 of 102400 values that are not numbers when it was tried/,
    ],
    [
      'a matte that is nowhere below ½',
      veilMatting(),
      {},
      /drew a matte that is nowhere below ½, all of a picture would be subject .* when it was tried on a small picture/,
    ],
    ['a bad name', greenMatting(), { name: '../matting' }, /--name must be small letters/],
    [
      'a file that is not there',
      greenMatting(),
      { from: join(root, 'none.onnx') },
      /none\.onnx can't be read \(ENOENT\)/,
    ],
    ['a threshold for mattes', greenMatting(), { sameSubjectAt: 0.5 }, /only for embedding models/],
  ])('%s', async (_, bytes, options, message) => {
    await expect(add(bytes, options)).rejects.toThrow(message);
    expect(left()).toEqual([]);
  });

  test('one that needs more memory than a model may have ends only the process it was tried in', async () => {
    await expect(add(hungryMatting(1024), {}, { modelMemoryMib: 300 })).rejects.toThrow(
      'needed more than the 300 MiB of TROUPE_MODEL_MEMORY_MIB when it was tried',
    );
    expect(left()).toEqual([]);
  });

  test('one whose licence binds its users, before the file is touched, unless the licence is accepted', async () => {
    const options = { architecture: 'rmbg-2.0', from: join(root, 'none.onnx') };
    await expect(add(greenMatting(), options)).rejects.toThrow('for non-commercial use only');
    await expect(add(greenMatting(), { ...options, acceptLicence: true })).rejects.toThrow('ENOENT');
  });

  test('all of them where no runtime is installed, with the words to install it', async () => {
    const empty = join(root, 'empty');
    mkdirSync(empty, { recursive: true });
    const missing = findRuntime('onnxruntime-node', '/data/models', [empty]);
    await expect(missing).rejects.toThrow(
      'models need onnxruntime-node, which isn\'t here; install it with: npm i --ignore-scripts --prefix "/data/models" onnxruntime-node',
    );
  });
});

describe('an added model stays what it was', () => {
  test.each<[string, (path: string) => void, RegExp]>([
    [
      'a changed byte',
      (path) => writeFileSync(path, greenMatting({ steepness: 9 })),
      /has changed since it was added: SHA-256/,
    ],
    ['a lost file', (path) => rmSync(path), /can't be read \(ENOENT\)/],
    [
      'a broken description',
      (path) => writeFileSync(path.replace('.onnx', '.json'), '{"name":'),
      /has no readable model\.json/,
    ],
  ])('%s is an error at start that says how to mend it', async (_, damage, message) => {
    await add(greenMatting());
    damage(join(folder, 'matting', 'model.onnx'));
    const opened = openPlugins(folder, 'auto');
    await expect(opened).rejects.toThrow(message);
    await expect(opened).rejects.toThrow('remove it with: troupe models remove matting');
    await removeModel(folder, 'matting');
    expect((await openPlugins(folder, 'auto')).models).toEqual([]);
  });

  test('what a killed addition left is not a model, and is swept up a day later', async () => {
    mkdirSync(join(folder, '.new-abc'), { recursive: true });
    writeFileSync(join(folder, '.new-abc', 'model.onnx'), 'half');
    expect(await listModels(folder)).toEqual([]);
    await add(greenMatting());
    expect(left()).toEqual(['.new-abc', 'matting']);
    const longAgo = new Date(now.getTime() - 25 * 3_600_000);
    utimesSync(join(folder, '.new-abc'), longAgo, longAgo);
    await add(fixedFaces(), { task: 'faces' });
    expect(left()).toEqual(['faces', 'matting']);
  });
});
