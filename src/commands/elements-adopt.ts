import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, UsageError } from '../../cli/index.ts';
import { getAccountByName } from '../accounts/index.ts';
import { type Config, parseConfig } from '../config.ts';
import type { Db } from '../db/index.ts';
import { type Adopted, type Adoption, adoptElement, bindStorage } from '../flow/index.ts';
import { findStorageFolder } from '../folders.ts';
import { openStorage } from '../storage/index.ts';
import { findOperator } from './find-operator.ts';
import { openDatabase } from './open-database.ts';
import { openKling } from './open-kling.ts';

export const adoptElementCommand: Command = {
  summary:
    'Takes an element of the Kling account, or of its vendor, into an account here, with copies of its pictures.',
  options: {
    account: { type: 'string', required: true, describe: 'name of the account that gets it' },
    'upstream-id': { type: 'string', required: true, describe: 'its id at the Kling API' },
    json: { type: 'boolean', describe: 'print one JSON object' },
  },
  more: "example: troupe elements adopt --account default --upstream-id 829836802793406551\n'troupe kling elements list' shows the ids.",
  async run(values, environment) {
    const upstreamId = values['upstream-id'] as string;
    if (!/^\d{1,30}$/.test(upstreamId)) throw new UsageError('--upstream-id must be a number of at most 30 digits');
    const config = parseConfig(environment);
    const database = await openDatabase(config);
    try {
      const account = await getAccountByName(database.db, values.account as string);
      const { element_id, is_new } = await adopt(config, database.db, {
        actor: findOperator(environment),
        account_id: account.id,
        upstream_element_id: upstreamId,
      });
      const known = is_new ? '' : ' already; nothing was done';
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ element_id: String(element_id), upstream_element_id: upstreamId, is_new })}\n`
          : `${account.name} has it as element ${element_id}${known}\n`,
      );
      return 0;
    } finally {
      await database.close();
    }
  },
};

async function adopt(config: Config, db: Db, wanted: Omit<Adoption, 'workFolder'>): Promise<Adopted> {
  const workFolder = await mkdtemp(join(tmpdir(), 'troupe-adopt-'));
  const storage = await openStorage(config.storage, findStorageFolder(config));
  await bindStorage(db, storage);
  const { kling, close } = openKling(config, db);
  try {
    const tools = { signal: new AbortController().signal, onProgress: () => undefined };
    return await adoptElement({ db, storage }, kling.adoption, { ...wanted, workFolder }, tools);
  } finally {
    await close();
    await rm(workFolder, { recursive: true, force: true });
  }
}
