import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { createClient, exportElement, importElement } from '../../client/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { startProxy } from '../helpers/start-proxy.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let origin: MediaOrigin;
let troupe: StartedTroupe;
let other: string;
let elementId: string;
let archive: Buffer;

beforeAll(async () => {
  origin = await startOrigin();
  troupe = await startTroupe({ worker: true, environment: { TROUPE_ELEMENT_ENGINE: 'local' } });
  other = (await troupe.grant({ account: 'other', name: 'k' }, 500)).key;
  const { body } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  elementId = (await troupe.waitForEnd(body.id)).result_data.element_id;
  await troupe.call('PATCH', `/v1/elements/${elementId}`, { body: { element_name: 'Zoë', tags: ['hero'] } });
  archive = await buffer(await exportElement(clientOf(troupe.key.key), elementId));
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const clientOf = (key: string) => createClient({ baseUrl: troupe.url, key });
const send = (bytes: Buffer, key = troupe.key.key, headers: Record<string, string> = {}) =>
  fetch(`${troupe.url}/v1/elements/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/zip', ...headers },
    body: new Uint8Array(bytes),
  });

async function unpack(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  const entries = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    entries.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  }
  return entries;
}

/** Packs the entries anew, with sums that are right for them. */
async function pack(entries: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  const kept = [...entries].filter(([name]) => name !== 'SHA256SUMS');
  const sums = kept.map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`).join('');
  for (const [name, bytes] of [...kept, ['SHA256SUMS', Buffer.from(sums)] as const]) zip.addBuffer(bytes, name);
  zip.end();
  return await buffer(zip.outputStream as Readable);
}

// biome-ignore lint/suspicious/noExplicitAny: facts of the archive are changed by hand
type Facts = any;

/** The archive with its facts changed, and, where `files` says so, its files. */
async function alter(change: (facts: Facts, files: Map<string, Buffer>) => void): Promise<Buffer> {
  const entries = await unpack(archive);
  const facts = JSON.parse(String(entries.get('element.json')));
  change(facts, entries);
  entries.set('element.json', Buffer.from(JSON.stringify(facts)));
  return await pack(entries);
}

const countElements = async () => (await troupe.call('GET', '/v1/elements')).body.total;

describe('an export', () => {
  test('holds every picture under its sum, its words, and a README for those who have no Troupe', async () => {
    const entries = await unpack(archive);
    const { body: element } = await troupe.call('GET', `/v1/elements/${elementId}`);
    const names = element.files.map(({ name }: { name: string }) => `files/${name}`);
    expect([...entries.keys()].sort()).toEqual(['README.txt', 'SHA256SUMS', 'element.json', ...names].sort());
    for (const line of String(entries.get('SHA256SUMS')).trim().split('\n')) {
      const [sum, name] = line.split('  ') as [string, string];
      expect(
        createHash('sha256')
          .update(entries.get(name) as Buffer)
          .digest('hex'),
      ).toBe(sum);
    }
    expect(JSON.parse(String(entries.get('element.json')))).toMatchObject({
      format: 'troupe-element',
      element_id: elementId,
      element_name: 'Zoë',
      tags: ['hero'],
    });
    expect(String(entries.get('README.txt'))).toContain('SHA256SUMS');
  });

  test('says how long it is before it comes, and is for its owner alone', async () => {
    const answer = await fetch(`${troupe.url}/v1/elements/${elementId}/export`, {
      headers: { authorization: `Bearer ${troupe.key.key}` },
    });
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(Number(answer.headers.get('content-length'))).toBe((await answer.arrayBuffer()).byteLength);
    expect((await troupe.call('GET', `/v1/elements/${elementId}/export`, { key: other })).status).toBe(404);
  });
});

describe('an import', () => {
  test('makes the same element, byte for byte, under a new id where its own is taken, and charges nothing', async () => {
    const before = (await troupe.call('GET', '/v1/credits', { key: other })).body;
    const made = await importElement(clientOf(other), new Blob([new Uint8Array(archive)]));
    expect(made).toMatchObject({ imported_from: elementId, element_name: 'Zoë', tags: ['hero'] });
    expect(made.element_id).not.toBe(elementId);
    const again = await unpack(await buffer(await exportElement(clientOf(other), made.element_id)));
    for (const [name, bytes] of await unpack(archive)) {
      if (name.startsWith('files/')) expect(again.get(name)?.equals(bytes)).toBe(true);
    }
    expect((await troupe.call('GET', '/v1/credits', { key: other })).body).toEqual(before);
    expect((await troupe.call('GET', `/v1/elements/${made.element_id}`)).status).toBe(404);
  });

  test('whose commit nobody answered is found, so that no client makes the element twice', async () => {
    await using proxy = await startProxy();
    await using fresh = await startTroupe({
      environment: { TROUPE_ELEMENT_ENGINE: 'local' },
      databaseUrl: (url) => proxy.through(url),
    });
    proxy.cutAtCommit('after');
    const answer = await fetch(`${fresh.url}/v1/elements/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${fresh.key.key}`, 'content-type': 'application/zip' },
      body: new Uint8Array(archive),
    });
    expect([answer.status, ((await answer.json()) as { element_id: string }).element_id]).toEqual([200, elementId]);
    expect((await fresh.call('GET', '/v1/elements')).body.total).toBe(1);
  });

  test('keeps its id where it is free, also of two at the same moment', async () => {
    const moved = await alter((facts) => {
      facts.element_id = '4129876500123456';
    });
    const answers = await Promise.all([send(moved), send(moved)]);
    const made = (await Promise.all(answers.map((answer) => answer.json()))) as Facts[];
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    const ids = made.map((element) => element.element_id);
    expect(ids).toContain('4129876500123456');
    expect(new Set(ids).size).toBe(2);
    for (const element of made) {
      for (const { url } of element.files) {
        const file = await fetch(url, { headers: { authorization: `Bearer ${troupe.key.key}` } });
        expect(file.status).toBe(200);
      }
    }
  });

  test('an imported element is found and plays in a video like any other', async () => {
    const { body: found } = await troupe.call('GET', '/v1/elements?query=zoe', { key: other });
    expect(found.data).toHaveLength(1);
    const video = {
      model: 'kling-o3-text-to-video',
      prompt: '<<<element_1>>> waits',
      duration: 3,
      model_params: { element_list: [{ element_id: found.data[0].element_id }] },
    };
    const { body } = await troupe.call('POST', '/v1/videos/generations', { key: other, body: video });
    const task = await until('its video', async () => {
      const { body: now } = await troupe.call('GET', `/v1/tasks/${body.id}`, { key: other });
      return ['pending', 'processing'].includes(now.status) ? null : now;
    });
    expect(task).toMatchObject({ status: 'completed', results: [expect.stringContaining('/files/')] });
  });

  describe('is refused whole with the entry and the rule, and leaves nothing:', () => {
    let elements: number;
    beforeEach(async () => {
      elements = await countElements();
    });

    test.each<[string, (facts: Facts, files: Map<string, Buffer>) => void, RegExp]>([
      ['another version', (facts) => Object.assign(facts, { format_version: 2 }), /of another program or version/],
      ['another manifest', (facts) => Object.assign(facts.manifest, { manifest_version: 2 }), /manifest_version/],
      [
        'a name that creation would refuse',
        (facts) => Object.assign(facts, { element_name: 'x'.repeat(21) }),
        /21 characters/,
      ],
      ['tags that a change would refuse', (facts) => Object.assign(facts, { tags: ['a'.repeat(41)] }), /41 characters/],
      [
        'a fact that is off: a size',
        (facts) => Object.assign(facts.manifest.files[0], { bytes: 5 }),
        /another sum than element.json/,
      ],
      [
        'a fact that is off: a width',
        (facts) => Object.assign(facts.manifest.files[0], { width_px: 999 }),
        /its manifest says 999/,
      ],
      [
        'a file that nobody names',
        (_, files) => files.set('files/more.jpg', Buffer.from('x')),
        /files\/more.jpg.* does not stand in element.json/,
      ],
      [
        'a source without a picture',
        (facts) => facts.manifest.sources.push(facts.manifest.sources[1]),
        /has no picture/,
      ],
      [
        'a frontal image that is none',
        (facts) => Object.assign(facts.manifest, { frontal_image: 'sheet.webp' }),
        /frontal_image/,
      ],
      [
        'a picture that is damaged',
        (facts, files) => replace(facts, files, (bytes) => bytes.subarray(0, bytes.length / 2)),
        /damaged/,
      ],
      [
        'a picture that is none',
        (facts, files) => replace(facts, files, () => Buffer.from('<script>alert(1)</script>')),
        /damaged|is /,
      ],
      [
        'a character that no database keeps, where nobody looks at the text',
        (facts) => Object.assign(facts.manifest.sources[0].facts, { color_space: 'a\u0000b' }),
        /color_space: holds half a character or U\+0000/,
      ],
      [
        'half a character',
        (facts) => Object.assign(facts.manifest, { note: { more: ['\ud800'] } }),
        /holds half a character or U\+0000/,
      ],
      [
        'a fact that is nested beyond all need',
        (facts) => Object.assign(facts.manifest, { deep: JSON.parse('['.repeat(200) + ']'.repeat(200)) }),
        /nested deeper than 32 levels/,
      ],
      [
        'a picture under the name of the manifest',
        (facts, files) => {
          const [file] = facts.manifest.files;
          files.set('files/element.json', files.get(`files/${file.name}`) as Buffer);
          files.delete(`files/${file.name}`);
          if (facts.manifest.frontal_image === file.name) facts.manifest.frontal_image = 'element.json';
          Object.assign(file, { name: 'element.json' });
          Object.assign(facts, { element_id: '4129876500123499' });
        },
        /is the manifest's own/,
      ],
    ])('%s', async (_, change, message) => {
      const answer = await send(await alter(change));
      const { error } = (await answer.json()) as Facts;
      expect([answer.status, error.code]).toEqual([400, 'archive_refused']);
      expect(error.message).toMatch(message);
      expect(await countElements()).toBe(elements);
      expect((await readdir(troupe.context.workFolder)).filter((name) => name.startsWith('import-'))).toEqual([]);
    });

    test('words that are no UTF-8, however good the sums are', async () => {
      const entries = await unpack(archive);
      const text = String(entries.get('element.json'));
      const name = JSON.parse(text).element_name as string;
      entries.set('element.json', Buffer.from(text.replace(`"${name}"`, '"caf\xe9"'), 'latin1'));
      const answer = await send(await pack(entries));
      const { error } = (await answer.json()) as Facts;
      expect([answer.status, error.code, error.message]).toEqual([
        400,
        'archive_refused',
        expect.stringContaining("'element.json' is not UTF-8"),
      ]);
      expect(await countElements()).toBe(elements);
    });

    test('a body of another type, none at all, and one for a stranger', async () => {
      for (const type of ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
        const answer = await send(archive, troupe.key.key, { 'content-type': type });
        const { error } = (await answer.json()) as Facts;
        expect([answer.status, error.param, error.message]).toEqual([
          415,
          'Content-Type',
          expect.stringContaining('application/zip'),
        ]);
      }
      expect((await troupe.call('POST', '/v1/elements/import')).status).toBe(415);
      expect((await send(archive, 'sk-wrong')).status).toBe(401);
      expect(await countElements()).toBe(elements);
    });
  });
});

test.each(['application/x-zip-compressed', 'application/octet-stream'])(
  'an archive that a program calls %s is taken: its bytes decide',
  async (type) => {
    const answer = await send(archive, troupe.key.key, { 'content-type': type });
    const { element_id } = (await answer.json()) as Facts;
    expect([answer.status, element_id]).toEqual([200, expect.stringMatching(/^\d{16}$/)]);
    await troupe.call('DELETE', `/v1/elements/${element_id}`);
  },
);

describe('how an import is received', () => {
  let small: StartedTroupe;
  beforeAll(async () => {
    const environment = {
      TROUPE_ELEMENT_ENGINE: 'local',
      TROUPE_REQUEST_SECONDS: '1',
      TROUPE_IMPORT_BYTES_MAX: String(archive.length),
      TROUPE_ARRIVALS: '1',
    };
    small = await startTroupe({ environment });
  });
  afterAll(() => small[Symbol.asyncDispose]());
  const countFolders = async () => {
    const names = await readdir(small.context.workFolder);
    return names.filter((name) => name.startsWith('import-')).length;
  };

  /** Begins a request whose bytes come as they are written; none is announced. */
  function begin(path: string, type: string) {
    const headers = { authorization: `Bearer ${small.key.key}`, 'content-type': type };
    const sending = request(small.url + path, { method: 'POST', headers });
    const answer = new Promise<{ status: number | undefined; body: Facts }>((done, fail) => {
      sending.on('error', fail).on('response', async (response) => {
        done({ status: response.statusCode, body: JSON.parse(String(await buffer(response))) });
      });
    });
    return { sending, answer };
  }

  test('it may take longer than other requests: a whole file is on its way', async () => {
    const slow = begin('/v1/elements/import', 'application/zip');
    slow.sending.write(archive.subarray(0, 1000));
    const other = begin('/v1/videos/generations', 'application/json');
    other.sending.write('{');
    expect((await other.answer).status).toBe(408);
    slow.sending.end(archive.subarray(1000));
    expect(await slow.answer).toMatchObject({ status: 200, body: { element_name: 'Zoë' } });
  });

  test('503 beyond the places for what lies on the disk, and a place is free again after an import, whole or refused', async () => {
    const send = async (bytes: Buffer) => {
      const { sending, answer } = begin('/v1/elements/import', 'application/zip');
      sending.end(bytes);
      return (await answer).status;
    };
    const slow = begin('/v1/elements/import', 'application/zip');
    slow.sending.write(archive.subarray(0, 1000));
    await until('the import to lie on the disk', async () => ((await countFolders()) === 1 ? true : null));
    expect(await send(archive)).toBe(503);
    slow.sending.end(archive.subarray(1000));
    expect((await slow.answer).status).toBe(200);
    expect(await send(Buffer.from('no archive'))).toBe(400);
    expect(await send(archive)).toBe(200);
  });

  test('413 for one that turns out too large on its way, and nothing of it is left', async () => {
    const large = begin('/v1/elements/import', 'application/zip');
    large.sending.end(Buffer.alloc(archive.length + 1));
    expect(await large.answer).toMatchObject({ status: 413, body: { error: { code: 'invalid_request' } } });
    expect(await countFolders()).toBe(0);
  });
});

/** Puts other bytes in the place of the first file, with facts that name their sum and size. */
function replace(facts: Facts, files: Map<string, Buffer>, make: (bytes: Buffer) => Buffer): void {
  const [file] = facts.manifest.files;
  const bytes = make(files.get(`files/${file.name}`) as Buffer);
  files.set(`files/${file.name}`, bytes);
  file.bytes = bytes.length;
  file.sha256 = createHash('sha256').update(bytes).digest('hex');
}
