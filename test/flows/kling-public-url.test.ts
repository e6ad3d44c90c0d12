import { expect, test } from 'vitest';
import { videoRequest } from '../helpers/flow-bodies.ts';
import { countRows } from '../helpers/load-books.ts';
import { startTroupe } from '../helpers/start-troupe.ts';

test('a public address that the official API can not reach is logged once at start, and what needs it is refused at once', async () => {
  await using troupe = await startTroupe({
    environment: {
      TROUPE_KLING_API_KEY: 'no-key-of-anybody',
      TROUPE_ELEMENT_ENGINE: 'kling',
      TROUPE_PUBLIC_URL: 'https://192.168.0.10',
    },
  });
  const told = troupe.log.filter((line) => line.includes('TROUPE_PUBLIC_URL'));
  expect(told).toHaveLength(1);
  expect(JSON.parse(told[0] as string)).toMatchObject({
    level: 40,
    msg: expect.stringContaining('https://192.168.0.10'),
  });
  const { status, body } = await troupe.submit(videoRequest('https://media.example.com/clip.mp4'));
  expect([status, body.error.code]).toEqual([503, 'service_unavailable']);
  expect(await countRows(troupe.database.db, 'tasks')).toBe(0);
});

test('nothing is said where no task goes to the Kling API', async () => {
  await using troupe = await startTroupe({
    environment: {
      TROUPE_KLING_API_KEY: 'no-key-of-anybody',
      TROUPE_ELEMENT_ENGINE: 'local',
      TROUPE_VIDEO_ENGINE: 'animatic',
    },
  });
  expect(troupe.log.filter((line) => line.includes('TROUPE_PUBLIC_URL'))).toEqual([]);
});
