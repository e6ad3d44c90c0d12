/**
 * Many tasks of every kind through one server, real engines and all: memory, open files and database connections of the server and its
 * children at rest, before, in the middle and at the end. Elements of pictures and of clips, animatics, dry runs, files that are uploaded and used,
 * sources that are missing, and tasks that are cancelled at once; every finished one with a callback.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import sharp from 'sharp';
import {
  cancelTask,
  createClient,
  createElement,
  createVideo,
  deleteFile,
  parseElementResult,
  type Task,
  uploadFile,
  waitForTask,
} from '../client/index.ts';
import { serveMedia } from '../demo/serve-media.ts';
import { listTree, readPssKib } from './helpers/measure-tree.ts';
import { median } from './helpers/median.ts';
import { printTable } from './helpers/print-table.ts';
import { createKeys, startBench } from './helpers/start-bench.ts';
import { startReceiver } from './helpers/start-receiver.ts';

const taskCount = Number(process.env.BENCH_TASKS ?? 2_000);
/** Tasks after which every child has done work of every kind. */
const warmUp = 160;
const lanes = 8;
const restMs = 20_000;

const mediaFolder = new URL('../demo/media/', import.meta.url).pathname;
const small = await Promise.all(
  ['front', 'side'].map((name) => sharp(`${mediaFolder}rc-car-${name}.jpg`).resize(512).jpeg().toBuffer()),
);
const [front, side] = small.map((bytes) => bytes.toString('base64')) as [string, string];
const names = { element_name: 'RC car', element_description: 'A red and yellow toy car' };
const fromPictures = (frontal_image: string) => ({
  ...names,
  reference_type: 'image_refer' as const,
  element_image_list: { frontal_image, refer_images: [{ image_url: side }] },
});
const fromClip = (video_url: string) => ({
  ...names,
  reference_type: 'video_refer' as const,
  element_video_list: { refer_videos: [{ video_url }] },
});

const bench = await startBench();
await using media = await serveMedia(mediaFolder);
await using receiver = await startReceiver(bench.dataFolder);
try {
  const server = await bench.startServer('serve', {
    TROUPE_ALLOW_ADDRESSES: '127.0.0.0/8',
    TROUPE_BUILD_SLOTS: '2',
    NODE_EXTRA_CA_CERTS: receiver.caFile,
  });
  const [key] = (await createKeys(bench.database, 1)) as [string];
  const client = createClient({ baseUrl: server.url, key });
  const callback_url = receiver.url;
  let elementId = '';

  const follow = async ({ id }: { id: string }) => await waitForTask(client, id);
  const makeElement = (first: string, rest: { dry_run?: boolean } = {}) =>
    createElement(client, { model_params: fromPictures(first), ...(rest.dry_run ? rest : { callback_url }) });

  const ways: Record<string, () => Promise<Task>> = {
    async picture() {
      const task = await follow(await makeElement(front));
      elementId = parseElementResult(task)?.element_id ?? elementId;
      return task;
    },
    clip: async () =>
      follow(await createElement(client, { model_params: fromClip(`${media.url}/juggle.mp4`), callback_url })),
    animatic: async () =>
      follow(
        await createVideo(client, {
          model: 'kling-o3-text-to-video',
          prompt: '<<<element_1>>> drives through the park',
          duration: 3,
          quality: '720p',
          model_params: { element_list: [{ element_id: elementId }] },
          callback_url,
        }),
      ),
    dryRun: async () => follow(await makeElement(front, { dry_run: true })),
    async upload() {
      const { file_id, file_url } = await uploadFile(client, new Blob([small[0] as Buffer<ArrayBuffer>]), {
        fileName: 'front.jpg',
      });
      const task = await follow(await makeElement(file_url));
      // An account keeps so many files and no more.
      await deleteFile(client, file_id);
      return task;
    },
    missing: async () => follow(await makeElement(`${media.url}/missing.jpg`)),
    async cancelled() {
      const task = await makeElement(front);
      return await cancelTask(client, task.id).catch(() => follow(task));
    },
  };
  const plan = [
    'picture',
    'picture',
    'dryRun',
    'picture',
    'upload',
    'missing',
    'picture',
    'cancelled',
    'picture',
    'dryRun',
  ];
  const chooseWay = (at: number) =>
    at % 40 === 11 ? 'clip' : at % 20 === 5 ? 'animatic' : (plan[at % plan.length] as string);

  const counts = new Map<string, number>();
  let done = 0;
  const run = async (from: number, to: number) => {
    let next = from;
    const lane = async () => {
      while (next < to) {
        const way = chooseWay(next++);
        const { status } = await (ways[way] as () => Promise<Task>)();
        counts.set(`${way}: ${status}`, (counts.get(`${way}: ${status}`) ?? 0) + 1);
        if (++done % 200 === 0) process.stderr.write(`${done} tasks\n`);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  };

  // What the animatics cast.
  await ways.picture?.();
  // Everything has been loaded and grown to its size after some of each.
  await run(0, warmUp);
  const points = [await measure()];
  for (const share of [1 / 3, 2 / 3, 1]) {
    await run(done, warmUp + Math.round(taskCount * share));
    points.push(await measure());
  }
  const [before, , , after] = points as [Point, Point, Point, Point];
  const grownMib = after.serverMib - before.serverMib;
  const row = (what: string, read: (point: Point) => number, bar = '', reached: boolean | null = null) => ({
    what,
    measured: points.map((point) => read(point).toFixed(0)).join(', '),
    bar,
    reached,
  });
  printTable(`${taskCount} mixed tasks; at rest after ${warmUp}, and after each third`, [
    row('server, MiB (PSS)', (point) => point.serverMib, 'grows by ≤ 32', grownMib <= 32),
    row('children, MiB (PSS)', (point) => point.childrenMib, 'by ≤ 32', after.childrenMib - before.childrenMib <= 32),
    row('processes', (point) => point.processes, 'no more', after.processes <= before.processes),
    row('open files', (point) => point.files, 'by ≤ 8', after.files - before.files <= 8),
    row('database connections', (point) => point.connections, '≤ 24 + 4', after.connections <= 28),
    ...[...counts].sort().map(([what, count]) => ({ what, measured: String(count), bar: '', reached: null })),
  ]);

  interface Point {
    serverMib: number;
    childrenMib: number;
    processes: number;
    files: number;
    connections: number;
  }

  /** At rest, when what was given back has been: the medians of five looks. */
  async function measure(): Promise<Point> {
    await sleep(restMs);
    const looks: Point[] = [];
    for (let look = 0; look < 5; look++) {
      const root = server.process.pid as number;
      const tree = listTree(root);
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`.execute(
        bench.database.db,
      );
      looks.push({
        serverMib: readPssKib(root) / 1024,
        childrenMib: tree.filter(({ pid }) => pid !== root).reduce((sum, { pid }) => sum + readPssKib(pid), 0) / 1024,
        processes: tree.length,
        files: tree.reduce((sum, { pid }) => sum + countFiles(pid), 0),
        connections: rows[0]?.count ?? 0,
      });
      await sleep(1_000);
    }
    const middle = (read: (point: Point) => number) => median(looks.map(read));
    return {
      serverMib: middle((point) => point.serverMib),
      childrenMib: middle((point) => point.childrenMib),
      processes: middle((point) => point.processes),
      files: middle((point) => point.files),
      connections: middle((point) => point.connections),
    };
  }
} finally {
  await bench.close();
}

function countFiles(pid: number): number {
  try {
    readFileSync(`/proc/${pid}/stat`);
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}
