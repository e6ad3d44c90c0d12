import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catchError } from '../../../test/helpers/catch-error.ts';
import {
  closeMedia,
  drawPicture,
  openEngine,
  orderVideo,
  quickIntervals,
  specFor,
  tools,
} from '../../../test/helpers/stand-in-kling/open-engine.ts';
import { type StandIn, startStandIn } from '../../../test/helpers/stand-in-kling/stand-in.ts';
import { openTestDatabase, type TestDatabase } from '../../../test/helpers/test-database.ts';
import { until } from '../../../test/helpers/until.ts';
import type { CastElement, ElementDraft, ElementEngine, VideoSource } from '../../engines/index.ts';
import { summarizeManifest } from '../../engines/summarize-manifest.ts';
import { parseSection } from '../../lib/settings.ts';
import { type ClipHeader, createMedia, section as mediaSection } from '../../media/index.ts';
import { noteCallback } from '../tasks/note-callback.ts';

let database: TestDatabase;
let standIn: StandIn;
const media = createMedia(parseSection(mediaSection, {}, []));
const fixture = (name: string) => new URL(`../../../test/fixtures/media/${name}`, import.meta.url).pathname;
const elements = '/v1/general/advanced-custom-elements';

beforeAll(async () => {
  database = await openTestDatabase();
  standIn = await startStandIn();
});
afterAll(async () => {
  await media.close();
  await closeMedia();
  await standIn[Symbol.asyncDispose]();
  await database.close();
});

/** An element of a clip whose manifest says what `facts` say, over a real file. */
function castOfClip(elementId: string, file: string, facts: Partial<ClipHeader>): CastElement {
  const clip = {
    kind: 'clip',
    format: 'mp4',
    video_codec: 'avc',
    duration_seconds: 5,
    width_px: 1920,
    height_px: 1080,
  };
  return {
    element_id: elementId,
    param: 'element_list[0]',
    name: 'Rover',
    description: 'a dog',
    voice_id: '82982429573',
    tags: ['o_102'],
    reference_type: 'video_refer',
    engine: 'local',
    manifest: {
      files: [{ name: 'clip.mp4', role: 'clip' }],
      sources: [{ role: 'refer_video', param: '', facts: { ...clip, bytes: 1, ...facts } }],
      reference_type: 'video_refer',
    } as never,
    fetchFile: async () => fixture(file),
  };
}

async function inspect(path: string): Promise<ClipHeader> {
  const clip_rules = { formats: ['mp4'] as const, bytesMax: 1e9 };
  const { size: bytes } = await stat(path);
  const [header] = await media.inspect([{ kind: 'clip', param: 'clip', path, bytes, clip_rules }]);
  return header as ClipHeader;
}

describe('the clip of an element', () => {
  test('goes as it is when the upstream takes it, by address and with its voice', async () => {
    const engine = openEngine(database.db, standIn.url, { environment: { TROUPE_KLING_ACCOUNT: 'clips' } });
    const published: string[] = [];
    const cast = [castOfClip('4129876500123401', 'dog.mp4', {})];
    await engine.videos.makeVideo(await orderVideo('task-clip-1', { cast }), tools(undefined, published));
    await engine.close();
    expect(published).toEqual([fixture('dog.mp4')]);
    expect(standIn.creates(elements).at(-1)?.body).toMatchObject({
      reference_type: 'video_refer',
      element_video_list: { refer_videos: [{ video_url: 'https://troupe.example/media/1' }] },
      element_voice_id: '82982429573',
      tag_list: [{ tag_id: 'o_102' }],
    });
  });

  test('is converted to an MP4 when it is a WEBM', async () => {
    const engine = openEngine(database.db, standIn.url, { environment: { TROUPE_KLING_ACCOUNT: 'clips' } });
    const published: string[] = [];
    const cast = [castOfClip('4129876500123402', 'vp9-opus-tone.webm', { format: 'webm', video_codec: 'vp9' })];
    await engine.videos.makeVideo(await orderVideo('task-clip-2', { cast }), tools(undefined, published));
    await engine.close();
    const header = await inspect(published[0] as string);
    const before = await media.inspect([
      { role: 'refer_video', param: 'clip', path: fixture('vp9-opus-tone.webm'), bytes: 83_161 },
    ]);
    const clip = before[0] as ClipHeader;
    expect(header).toMatchObject({
      format: 'mp4',
      video_codec: 'avc',
      width_px: clip.width_px & ~1,
      height_px: clip.height_px & ~1,
    });
    expect(header.sound_track?.codec).toBe('aac');
    expect(header.duration_seconds).toBeCloseTo(clip.duration_seconds, 1);
  });

  test('is scaled down, upright and with even sides, to the shorter side that is asked for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'troupe-convert-'));
    const path = join(folder, 'out.mp4');
    const source = { param: 'clip', path: fixture('portrait-rotated.mov'), bytes: 130_406 };
    await media.convertClip(source, path, { shortSideMaxPx: 361 });
    const header = await inspect(path);
    expect(header.rotation_degrees).toBe(0);
    expect(header.height_px).toBeGreaterThan(header.width_px);
    expect([header.width_px % 2, header.height_px % 2]).toEqual([0, 0]);
    expect(Math.abs(header.width_px - 361)).toBeLessThanOrEqual(1);
  });

  test('is refused in the words of its field when its bytes are no video', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'troupe-convert-')), 'out.mp4');
    const source = { param: 'clip', path: fixture('duck.jpg'), bytes: 65_823 };
    expect(await catchError(media.convertClip(source, path, { shortSideMaxPx: 1080 }))).toMatchObject({
      code: 'invalid_parameters',
      param: 'clip',
    });
  });
});

describe('an element that is made by this engine', () => {
  const local: ElementEngine = {
    name: 'local',
    place: 'local',
    usesFiles: true,
    close: async () => undefined,
    buildElement: async ({ workFolder }) => await draftOf(workFolder),
  };

  test('has our files and the id of the upstream, one for all calls with its task', async () => {
    const engine = openEngine(database.db, standIn.url, {
      environment: { TROUPE_KLING_ACCOUNT: 'made' },
      localElements: local,
    });
    const before = standIn.creates(elements).length;
    standIn.plan({ creates: ['lost_answer'] });
    const drafts: ElementDraft[] = [];
    for (let call = 0; call < 2; call += 1) {
      const workFolder = await mkdtemp(join(tmpdir(), 'troupe-made-'));
      const order = {
        task_id: 'task-made-1',
        name: 'Rover',
        description: 'a dog',
        reference_type: 'image_refer' as const,
      };
      drafts.push(await engine.elements.buildElement({ ...order, sources: [], workFolder }, tools()));
    }
    await engine.close();
    expect(standIn.creates(elements)).toHaveLength(before + 1);
    expect(drafts[0]?.upstream).toEqual({ credential: 'made', upstream_element_id: expect.stringMatching(/^\d{18}$/) });
    expect(drafts[1]?.upstream).toEqual(drafts[0]?.upstream);
    expect(drafts[0]?.manifest.engine.name).toBe('kling');
    const { body } = standIn.creates(elements).at(-1) ?? {};
    expect(body.element_image_list.frontal_image).toBe((await drawPicture()).toString('base64'));
  });

  test('from a video is refused at once where nobody could fetch the video', async () => {
    const engine = openEngine(database.db, standIn.url, { canPublish: false });
    const check = async (reference_type: 'image_refer' | 'video_refer') =>
      engine.elements.checkElement?.({ account_id: 1, reference_type, param: 'model_params' });
    await expect(check('video_refer')).rejects.toThrow(/TROUPE_PUBLIC_URL/);
    await check('image_refer');
  });
});

describe('a reference video', () => {
  const video = (file: string, bytes: number): VideoSource => ({
    role: 'reference_video',
    param: 'video_url',
    path: fixture(file),
    bytes,
    clip_rules: { formats: ['mp4', 'mov'], bytesMax: 1e9 },
  });
  const spec = { ...specFor('kling-o3-reference-to-video'), aspect_ratio: undefined as never };

  test('is refused before anything is sent when it is shorter than the upstream takes', async () => {
    const engine = openEngine(database.db, standIn.url, { environment: { TROUPE_KLING_ACCOUNT: 'videos' } });
    const order = await orderVideo('task-ref-1', { spec, sources: [video('one-frame.mp4', 8_612)] });
    const error = await catchError(engine.videos.makeVideo(order, tools()));
    expect(error).toMatchObject({ code: 'invalid_parameters', param: 'video_url' });
    expect(error.message).toMatch(/^video_url: 0\.\d+ s long, the Kling API takes 3 to 15 s here$/);
    await engine.close();
    const withVideo = standIn.creates('/v1/videos/omni-video').filter((one) => one.body.video_list !== undefined);
    expect(withVideo).toHaveLength(0);
  });
});

test('a callback brings the end of a video forward', async () => {
  const slow = { pollFirstMs: 3_600_000, pollMaxMs: 3_600_000 };
  const engine = openEngine(database.db, standIn.url, {
    environment: { TROUPE_KLING_ACCOUNT: 'hints' },
    intervals: { ...quickIntervals, ...slow },
    callbackUrl: 'http://127.0.0.1:9/v1/kling/callbacks',
  });
  const making = engine.videos.makeVideo(await orderVideo('task-hint-1'), tools());
  const task = await until('the task upstream', () =>
    standIn.tasks().find((one) => one.path.endsWith('omni-video') && one.body.callback_url),
  );
  await until('its end', () => standIn.statusOf(task) === 'succeed');
  const body = Buffer.from(JSON.stringify({ task_id: task.id, task_status: 'succeed' }));
  // Again and again, as the vendor may: none is lost, and none does harm.
  await until('the hint', () => noteCallback(database.db, body));
  // The next look of its own would be an hour away.
  await making;
  await engine.close();
});

async function draftOf(folder: string): Promise<ElementDraft> {
  const names = ['frontal.jpg', 'refer-1.jpg'];
  const files = await Promise.all(
    names.map(async (name, source) => {
      const path = join(folder, name);
      await writeFile(path, await drawPicture());
      const kind = { role: 'upright' as const, media_type: 'image/jpeg', bytes: 1, sha256: '0'.repeat(64) };
      return { name, path, source, ...kind };
    }),
  );
  const manifest = {
    manifest_version: 1 as const,
    engine: { name: 'local', version: '2' },
    reference_type: 'image_refer' as const,
    frontal_image: 'frontal.jpg',
    sources: [],
    colors: [],
    placeholder_hash: '',
    report: [],
    files: files.map(({ path: _, ...file }) => file),
  };
  return { files, manifest, summary: summarizeManifest(manifest) };
}
