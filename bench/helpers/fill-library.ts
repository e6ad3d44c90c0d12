import { sql } from 'kysely';
import type { Database } from '../../src/db/index.ts';
import { collectWords, foldText } from '../../src/elements/words.ts';

const first =
  'Zoë Łukasz Ana René Björn Mei Haruto 小狐 白い猫 김철수 Rex Luna Max Ivy Odin Nora Felix Ruby Otto Ella'.split(' ');
const second = 'the of red young old tall brave quiet golden winter river stone paper night green iron'.split(' ');
const nouns = 'fox robot knight girl boy cat dragon lamp car queen sailor baker wolf owl teapot chair'.split(' ');

/** Adds `count` elements of one account, named from a few hundred words, each with a manifest of usual size. */
export async function fillLibrary({ db }: Database, accountId: number, count: number): Promise<void> {
  const chance = createChance(7);
  const pick = (words: readonly string[]) => words[chance(words.length)] as string;
  const manifest = JSON.stringify({ files: [], sources: [], colors: [], report: createReport() });
  for (let from = 0; from < count; from += 1000) {
    const rows = Array.from({ length: Math.min(1000, count - from) }, (_, at) => {
      const n = from + at;
      const name = `${pick(first)} ${pick(nouns)}`.slice(0, 20);
      const description = `A ${pick(second)} ${pick(second)} ${pick(nouns)} with number ${n}, 赤い狐の子${n % 500}`;
      const labels = [`season ${n % 40}`];
      const words = collectWords(accountId, { name, description, labels, tags: [] });
      return { id: 1_000_000_000_000_000 + n, n, name, description, labels, words, sort_name: foldText(name) };
    });
    await sql`
      insert into elements (id, account_id, task_id, name, description, reference_type, engine, labels, words, sort_name,
        manifest, created_at)
      select id, ${accountId}, 'task-unified-2-' || n, name, description, 'image_refer', 'local', labels,
        array_to_tsvector(words), sort_name, ${manifest}::jsonb, now() - interval '30 days' + n * interval '1 s'
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row (id bigint, n int, name text, description text, labels text[], words text[], sort_name text)`.execute(
      db,
    );
  }
  await sql`vacuum analyze elements`.execute(db);
}

/** Linear congruential (Numerical Recipes), so that every run has the same library. */
function createChance(seed: number) {
  let state = seed;
  return (count: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
}

/** About as much text as the report and facts of four pictures. */
function createReport() {
  return Array.from({ length: 24 }, (_, at) => ({
    code: `finding_${at}`,
    level: 'good',
    file: `refer-${at % 4}.jpg`,
    value: at / 7,
    limit: 0.5,
    message: `refer-${at % 4}.jpg: measured ${(at * 1.37).toFixed(3)}, which is on the right side of the limit of 0.5`,
  }));
}
