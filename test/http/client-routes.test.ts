import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Client,
  cancelTask,
  changeElement,
  changeKey,
  checkKling,
  checkLedger,
  chooseAngles,
  createAccount,
  createAngles,
  createClient,
  createElement,
  createImages,
  createKey,
  createVideo,
  createVoice,
  deleteElement,
  deleteFile,
  deleteKey,
  deleteVoice,
  download,
  downloadElementFile,
  downloadFile,
  estimatePrice,
  exportElement,
  exportTransfers,
  followTask,
  followTasks,
  getCredits,
  getCutout,
  getDiagnosis,
  getElement,
  getFileQuota,
  getHealth,
  getKey,
  getKlingStatus,
  getMe,
  getMetrics,
  getModel,
  getReadiness,
  getTask,
  getTaskCallbacks,
  getTaskRequest,
  getTasks,
  getUploadReceipt,
  getUsage,
  grantVoice,
  importElement,
  listAccounts,
  listCallbackSecrets,
  listCatalogModels,
  listCatalogPrices,
  listElements,
  listElementUses,
  listFiles,
  listGivenUpCallbacks,
  listKeys,
  listModels,
  listPresetElements,
  listTasks,
  listTransfers,
  listVoices,
  mendCutout,
  moveCredits,
  parseImageResult,
  previewCutout,
  resendCallback,
  revokeVoice,
  rotateCallbackSecret,
  signIn,
  signOut,
  testCallback,
  undoMending,
  uploadFile,
  uploadFileFromBase64,
  uploadFileFromUrl,
  waitForTask,
} from '../../client/index.ts';
import { scriptVideoEngine } from '../helpers/script-video-engine.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type CallbackReceiver, startReceiver } from '../helpers/start-receiver.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

/** Whose clients are others: the vendors' own. */
const otherForms = ['Official Kling form', 'OpenAI videos', 'MCP'];

let standIn: StandIn;
let origin: MediaOrigin;
let receiver: CallbackReceiver;
let troupe: StartedTroupe;
let client: Client;
/** Answers of 2xx by method and path. */
const answered = new Set<string>();
let cookie = '';

beforeAll(async () => {
  standIn = await startStandIn({ taskMs: 50 });
  origin = await startOrigin();
  receiver = await startReceiver();
  troupe = await startTroupe({
    videoEngine: scriptVideoEngine('local'),
    environment: {
      TROUPE_ELEMENT_ENGINE: 'local',
      TROUPE_KLING_BASE_URL: standIn.url,
      TROUPE_KLING_API_KEY: standInCredentials.apiKey,
    },
  });
  const { key } = await troupe.grant({ account: 'tester', name: 'admin', role: 'admin' }, 0);
  client = createClient({ baseUrl: troupe.url, key, fetch: noteAnswer });
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
  await standIn?.[Symbol.asyncDispose]();
});

/** As a page of the server's own calls: with its origin, and the cookie that it was given. */
const noteAnswer: typeof fetch = async (input, init) => {
  const headers = {
    ...(init?.headers as Record<string, string>),
    origin: troupe.url,
    ...(cookie === '' ? {} : { cookie }),
  };
  const answer = await fetch(input, { ...init, headers });
  if (answer.ok) answered.add(`${init?.method ?? 'GET'} ${new URL(String(input)).pathname}`);
  const [given] = answer.headers.getSetCookie();
  if (given !== undefined) cookie = given.split(';')[0] ?? '';
  return answer;
};

interface Document {
  paths: Record<string, Record<string, { tags: string[] }>>;
}

/** Every operation of the main form by its method and path. */
async function listOperations(): Promise<string[]> {
  const document = JSON.parse(await readFile(new URL('../../openapi.json', import.meta.url), 'utf8')) as Document;
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { tags }]) => !tags.some((tag) => otherForms.includes(tag)))
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  );
}

/** Of all operations that fit a call, the one with the fewest variable parts is meant. */
function nameOperation(call: string, operations: readonly string[]): string | undefined {
  const fits = operations.filter((name) => new RegExp(`^${name.replace(/\{\w+\}/g, '[^/]+')}$`).test(call));
  return fits.toSorted((one, other) => one.split('{').length - other.split('{').length)[0];
}

async function read(stream: ReadableStream<Uint8Array>): Promise<Blob> {
  return await new Response(stream).blob();
}

const videoRequest = { model: 'kling-o3-text-to-video', prompt: 'Fog', duration: 5 } as const;

async function callTasks(elementId: string): Promise<void> {
  const callback_url = receiver.url('/all');
  const model_params = { element_list: [{ element_id: elementId }] };
  const video = await createVideo(client, {
    ...videoRequest,
    prompt: '<<<element_1>>> swims',
    model_params,
    callback_url,
  });
  const seen: string[] = [];
  for await (const { status } of followTask(client, video.id)) seen.push(status);
  expect(seen.at(-1)).toBe('completed');
  const stop = new AbortController();
  const following = (async () => {
    for await (const _ of followTasks(client, { signal: stop.signal })) break;
  })();
  await until('the stream of all tasks', () => answered.has('GET /v1/events') || null, 240_000);
  stop.abort(new Error('seen enough'));
  await following.catch(() => undefined);
  const done = await waitForTask(client, (await createVideo(client, videoRequest)).id);
  await read(await download(client, done.results?.[0] ?? ''));
  const pictures = await createImages(client, { model: 'kling-image-o1', prompt: 'A yard' });
  expect(parseImageResult(await waitForTask(client, pictures.id))?.images).toHaveLength(1);
  await getTask(client, video.id);
  await getTaskRequest(client, video.id);
  await getTasks(client, [video.id, done.id]);
  await listTasks(client);
  expect((await listElementUses(client, elementId)).data).toMatchObject([{ id: video.id }]);
  const angles = await createAngles(client, elementId);
  const sets = parseImageResult(await waitForTask(client, angles.id))?.images.map(({ set }) => set);
  expect(sets).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
  const chosen = await chooseAngles(client, elementId, angles.id, { set: 2, element_name: 'Duck about' });
  expect((await waitForTask(client, chosen.id)).status).toBe('completed');
  expect(await getTaskCallbacks(client, video.id)).toMatchObject({ url: callback_url });
  await resendCallback(client, video.id);
  await testCallback(client, receiver.url('/test'));
  await listGivenUpCallbacks(client);
  await listCallbackSecrets(client);
  await rotateCallbackSecret(client);
}

async function makeElement(): Promise<string> {
  const url = origin.url('/duck.jpg');
  const { id } = await createElement(client, {
    model_params: {
      element_name: 'Duck',
      element_description: 'A yellow duck',
      reference_type: 'image_refer',
      element_image_list: { frontal_image: url, refer_images: [{ image_url: url }] },
    },
  });
  const { result_data } = await waitForTask(client, id);
  return (result_data as { element_id: string }).element_id;
}

async function callElements(elementId: string): Promise<void> {
  await listElements(client);
  await listPresetElements(client);
  await changeElement(client, elementId, { tags: ['yellow'] });
  const { files } = await getElement(client, elementId);
  await read(await downloadElementFile(client, elementId, files[0]?.name ?? ''));
  const mending = { strokes: [{ kind: 'keep' as const, radius_px: 10, points: [[20, 20] as [number, number]] }] };
  await getCutout(client, elementId, 'frontal');
  await read(await previewCutout(client, elementId, 'frontal', mending));
  await mendCutout(client, elementId, 'frontal', mending);
  await undoMending(client, elementId, 'frontal');
  const { element_id } = await importElement(client, await read(await exportElement(client, elementId)));
  await deleteElement(client, element_id);
}

async function callFiles(): Promise<void> {
  const bytes = await readFile(new URL('../fixtures/media/duck.jpg', import.meta.url));
  const kept = await uploadFile(client, new Blob([bytes]), { fileName: 'duck.jpg' });
  await uploadFileFromUrl(client, origin.url('/duck.jpg'));
  await uploadFileFromBase64(client, bytes.toString('base64'), { fileName: 'duck-again.jpg' });
  expect(await getUploadReceipt(client, 'an-upload-of-nobody')).toMatchObject({ state: 'outcome_unknown' });
  await getFileQuota(client);
  await listFiles(client);
  await read(await downloadFile(client, kept.file_id));
  await deleteFile(client, kept.file_id);
}

async function callKeys(): Promise<void> {
  await getMe(client);
  const account = await createAccount(client, 'studio');
  await moveCredits(client, account.account_id, { credits: 5 });
  await listAccounts(client);
  const { key_id } = await createKey(client, { name: 'made' });
  await getKey(client, key_id);
  await changeKey(client, key_id, { name: 'renamed' });
  await listKeys(client);
  await deleteKey(client, key_id);
  await getCredits(client);
  await getUsage(client);
  await listTransfers(client);
  expect(await exportTransfers(client)).toContain('transfer_id');
}

async function callServer(): Promise<void> {
  await getHealth(client);
  await getReadiness(client);
  await getDiagnosis(client);
  expect(await getMetrics(client)).toContain('troupe_');
  await checkLedger(client);
  await getKlingStatus(client);
  await checkKling(client);
  await listModels(client);
  await getModel(client, 'kling-o3-text-to-video');
  await listCatalogModels(client);
  await listCatalogPrices(client);
  await estimatePrice(client, { model_id: 'kling-o3-text-to-video', input: { duration_seconds: 5 } });
}

async function callVoices(): Promise<void> {
  const { voice } = await createVoice(client, { voice_name: 'Anna', voice_url: 'https://example.com/a.mp3' });
  const voiceId = voice?.voice_id ?? '';
  await listVoices(client);
  await revokeVoice(client, voiceId, 'tester');
  await grantVoice(client, voiceId, 'tester');
  await deleteVoice(client, voiceId);
}

test('every route of the main form is called by a function of the typed client, and answers 2xx', async () => {
  const waiting = await createVideo(client, videoRequest);
  await cancelTask(client, waiting.id);
  troupe.startWorker();
  const elementId = await makeElement();
  await callTasks(elementId);
  await callElements(elementId);
  await callFiles();
  await callKeys();
  await callServer();
  await callVoices();
  await signIn(client, { key: client.key ?? '' });
  await signOut(client);

  const operations = await listOperations();
  expect(operations.length).toBeGreaterThan(50);
  const called = new Set([...answered].map((call) => nameOperation(call, operations)));
  expect(operations.filter((name) => !called.has(name))).toEqual([]);
}, 600_000);
