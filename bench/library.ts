/**
 * Searches in a library of 100,000 elements of one account over HTTP, one after another, beside a bare SELECT of the same
 * page by its ids in the same run.
 */
import pg from 'pg';
import { Pool } from 'undici';
import { fillLibrary } from './helpers/fill-library.ts';
import { printTable } from './helpers/print-table.ts';
import { createKeys, startBench } from './helpers/start-bench.ts';

const count = Number(process.env.BENCH_ELEMENTS ?? 100_000);
const turns = Number(process.env.BENCH_TURNS ?? 60);
const warmUp = 5;
const barMs = 50;

const searches: Readonly<Record<string, string>> = {
  'newest page': '?limit=20',
  'page by name': '?order=name&limit=20',
  'a kind that none has': '?reference_type=video_refer&limit=20',
  'a kind that all have, with its total': '?reference_type=image_refer',
  'numbered page 200 with its total': '?page=200&page_size=20',
  'a word that one has (number)': '?query=77777&limit=20',
  'a word that a sixth has': '?query=dragon&limit=20',
  'a word that all have': '?query=with&limit=20',
  'one letter': '?query=a&limit=20',
  'two words, accents left out': '?query=zoe%20fox&limit=20',
  'a part of Chinese text that 200 have': `?query=${encodeURIComponent('狐の子77')}&limit=20`,
  'a part of Japanese text that all have': `?query=${encodeURIComponent('い狐')}&limit=20`,
  'a word that none has': '?query=xylophone&limit=20',
  'a tag': '?tag=season%2012&limit=20',
  'a word that a sixth has, with the total': '?query=dragon',
};

const bench = await startBench();
const bare = new pg.Client({ connectionString: bench.databaseUrl });
await bare.connect();
try {
  const server = await bench.startServer('api', { TROUPE_KEY_QUERIES_PER_MINUTE: '1000000' });
  const [key] = (await createKeys(bench.database, 1)) as [string];
  const { rows } = await bare.query('select account_id from api_keys order by id limit 1');
  await fillLibrary(bench.database, Number(rows[0].account_id), count);
  const pool = new Pool(server.url, { connections: 1 });
  const all: number[] = [];
  const lines = [];
  for (const [what, query] of Object.entries(searches)) {
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let turn = -warmUp; turn < turns; turn++) {
      const begin = performance.now();
      const answer = await pool.request({
        method: 'GET',
        path: `/v1/elements${query}`,
        headers: { authorization: `Bearer ${key}` },
      });
      const page = (await answer.body.json()) as { data: { element_id: string }[] };
      const took = performance.now() - begin;
      if (answer.statusCode !== 200) throw new Error(JSON.stringify(page));
      const again = performance.now();
      const ids = page.data.map(({ element_id }) => element_id);
      await bare.query({ name: 'page', text: 'select * from elements where id = any($1::bigint[])', values: [ids] });
      if (turn < 0) continue;
      ours.push(took);
      theirs.push(performance.now() - again);
    }
    all.push(...ours);
    const p95 = at95(ours);
    lines.push({
      what,
      measured: `${p95.toFixed(1)} ms (bare ${at95(theirs).toFixed(1)})`,
      bar: `≤ ${barMs} ms`,
      reached: p95 <= barMs,
    });
  }
  printTable(`search in ${count} elements, 95th percentile of ${turns}`, lines);
  await pool.close();
} finally {
  await bare.end();
  await bench.close();
}

function at95(times: number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] as number;
}
