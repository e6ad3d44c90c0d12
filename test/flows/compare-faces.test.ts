import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPeopleFinder } from '../../src/media/networks/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let origin: MediaOrigin;
let troupe: StartedTroupe;

beforeAll(async () => {
  origin = await startOrigin();
  const environment = {
    TROUPE_ELEMENT_ENGINE: 'local',
    TROUPE_MEDIA_CHILDREN: '1',
    TROUPE_PEOPLE_NETWORKS: 'auto',
    TROUPE_COMPARE_FACES: 'on',
  };
  troupe = await startTroupe({ worker: true, environment });
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

test.skipIf(createPeopleFinder() === null)(
  'a dry run names a stranger before anything is paid, and leaves nothing of the faces behind',
  async () => {
    const pictures = imageRequest(origin.url('/astronaut.jpg'), [origin.url('/portrait.jpg')]);
    const { body } = await troupe.submit({ ...pictures, dry_run: true });
    const { status, usage, result_data } = await troupe.waitForEnd(body.id);
    expect([status, usage.credits_used]).toEqual(['completed', 0]);
    const found = result_data.report.find(({ code }: { code: string }) => code === 'different_person');
    expect(found).toMatchObject({ level: 'warning', file: 'refer-1.jpg', limit: 0.4 });
    expect(found.message).toMatch(/refer_images\[0\]\.image_url may show another person than .*frontal_image: 0\.\d\d/);
    expect(found.value).toBeLessThan(0.2);
    const { rows } = await sql<{ row: string }>`select tasks::text as row from tasks`.execute(troupe.database.db);
    expect(rows).toHaveLength(1);
    // Twelve numbers in a row are no score: a vector has 128.
    expect(rows[0]?.row).not.toMatch(/(-?\d\.\d+, ?){12}/);
    expect(rows[0]?.row).toContain('different_person');
  },
);
