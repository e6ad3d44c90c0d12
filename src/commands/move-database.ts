import { setTimeout as sleep } from 'node:timers/promises';
import { checkEmpty, loadContents, openSnapshot, type Snapshot, type Way } from '../db/index.ts';
import { failpoint } from '../lib/failpoint.ts';
import { createIdentity, findStorageIdentity, writeStorageIdentity } from '../storage/index.ts';
import { freshTables, keptSchemas, prepareSchema } from './prepare-schema.ts';

/** A connection that was closed may be listed for so long. */
const closingMs = 3_000;

/**
 * Copies everything from one database into another that is empty, in one transaction there and from one snapshot here, which nobody
 * can write past; then gives the source another identity, so that no server starts on it by mistake. Throws an Error of one
 * sentence where somebody uses one of the two or the target holds anything; both are as they were then, but for an empty target's tables.
 */
export async function moveDatabase(
  source: Way,
  target: Way,
  onTable: (name: string, rows: number) => void,
): Promise<{ tables: number; rows: number }> {
  await refuseItself(source, target);
  await checkEmpty(target.url, { schemas: keptSchemas, ...freshTables }).catch((error: Error) => {
    throw new Error(`the target ${error.message}`, { cause: error });
  });
  await refuseUsed(source.url, 'the database to move');
  await refuseUsed(target.url, 'the target');
  await prepareSchema(source);
  await prepareSchema(target);
  const snapshot = await openSnapshot({
    url: source.url,
    schemas: keptSchemas,
    exclusive: { closedTable: 'storage_identity' },
  });
  let isMoved = false;
  try {
    await checkUnused(snapshot, 'the database to move');
    const rows = await loadContents(snapshot, {
      url: target.url,
      schemas: keptSchemas,
      seeded: freshTables.seeded,
      onTable(name, count) {
        failpoint(`after-moving-${name}`);
        onTable(name, count);
      },
      beforeCommit: () => checkUnused(snapshot, 'the database to move'),
    });
    failpoint('after-commit-of-move');
    await closeToServers(snapshot);
    isMoved = true;
    return { tables: snapshot.tables.length, rows };
  } finally {
    await snapshot.close(isMoved);
  }
}

/** The storage goes on with the identity that went along; this side gets one that lies in no storage. */
async function closeToServers({ db }: Snapshot): Promise<void> {
  if ((await findStorageIdentity(db)) !== null) await writeStorageIdentity(db, createIdentity(), true);
}

async function refuseItself(source: Way, target: Way): Promise<void> {
  const snapshot = await openSnapshot({ url: source.url, schemas: [] });
  try {
    if (await snapshot.isOf(target.url)) throw new Error('the target is the database to move: name another one');
  } finally {
    await snapshot.close();
  }
}

async function refuseUsed(url: string, what: string): Promise<void> {
  const snapshot = await openSnapshot({ url, schemas: [] });
  try {
    await checkUnused(snapshot, what);
  } finally {
    await snapshot.close();
  }
}

async function checkUnused(snapshot: Snapshot, what: string): Promise<void> {
  const deadline = performance.now() + closingMs;
  for (;;) {
    const sessions = await snapshot.listSessions();
    if (sessions.length === 0) return;
    if (performance.now() > deadline) {
      throw new Error(
        `${what} is in use by ${sessions.slice(0, 5).join(', ')}: stop all servers and other programs first`,
      );
    }
    await sleep(50);
  }
}
