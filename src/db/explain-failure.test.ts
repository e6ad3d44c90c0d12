import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '../../test/helpers/find-free-port.ts';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { chooseWay } from './choose-way.ts';
import { isConnectionLost } from './errors.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase(2);
});
afterAll(() => database.close());

async function failWith(url: string): Promise<Error> {
  const error = await chooseWay(url, undefined).then(
    () => new Error('it worked'),
    (reason) => reason as Error,
  );
  expect(error.message).not.toContain(new URL(url).password);
  return error;
}

function change(part: Partial<URL>): string {
  return Object.assign(new URL(database.url), part).href;
}

test('a wrong password is told with the place and the remedy, without the password, and no other try is made', async () => {
  const error = await failWith(change({ password: 'mistyped-secret' }));
  expect(error.message).toMatch(
    /^the database at \S+ can't be used \(password .*\): mend user and password in DATABASE_URL$/,
  );
  expect(isConnectionLost(error)).toBe(false);
});

test('a database that does not exist is told with the remedy, and no other try is made', async () => {
  const error = await failWith(change({ pathname: '/mistyped' }));
  expect(error.message).toMatch(
    /mistyped can't be used \(database "mistyped" does not exist\): mend the name .*createdb/,
  );
  expect(isConnectionLost(error)).toBe(false);
});

test('a server that is not there is told with the remedy, and asked again', async () => {
  const port = await findFreePort();
  const error = await failWith(`postgres://troupe:mistyped-secret@127.0.0.1:${port}/troupe`);
  expect(error.message).toMatch(
    /^the database at 127\.0\.0\.1:\d+\/troupe can't be used \(.*ECONNREFUSED.*\): start it, or mend/,
  );
  expect(isConnectionLost(error)).toBe(true);
});
