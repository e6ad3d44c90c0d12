import { sql } from 'kysely';
import type { Database } from '../../src/db/index.ts';
import { collectWords, foldText } from '../../src/elements/words.ts';

const first =
  'Zoë Łukasz Ana René Björn Mei Haruto 小狐 白い猫 김철수 Rex Luna Max Ivy Odin Nora Felix Ruby Otto Ella'.split(' ');
const second = 'the of red young old tall brave quiet golden winter river stone paper night green iron'.split(' ');
const nouns = 'fox robot knight girl boy cat dragon lamp car queen sailor baker wolf owl teapot chair'.split(' ');

/**
 * Adds `count` elements of one account, named from a few hundred words, each with a manifest of usual size. `like` is the id of an element
 * whose pictures each of them shows, under addresses of its own; without it they have none.
 */
export async function fillLibrary({ db }: Database, accountId: number, count: number, like?: string): Promise<void> {
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
  if (like !== undefined) await giveFiles(db, accountId, like);
  await sql`vacuum analyze elements`.execute(db);
}

/** The files of one element to all others of the account: the same bytes, which a browser that asks for each can't know. */
async function giveFiles(db: Database['db'], accountId: number, like: string): Promise<void> {
  // What is stored once is listed once, but here.
  await sql`alter table element_files drop constraint element_files_storage_key_key`.execute(db);
  await sql`
    update elements set manifest = jsonb_set(elements.manifest, '{files}', (select manifest->'files' from elements where id = ${like}))
    where account_id = ${accountId} and id <> ${like}`.execute(db);
  await sql`
    insert into element_files (element_id, name, storage_key, media_type, size_bytes, sha256)
    select elements.id, file.name, storage_key, media_type, size_bytes, sha256
    from elements, element_files as file
    where account_id = ${accountId} and elements.id <> ${like} and file.element_id = ${like} and file.name like '%cutout%'`.execute(
    db,
  );
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
