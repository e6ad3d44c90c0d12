import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { type Config, chooseNetworkOptions } from './config.ts';
import type { Db } from './db/index.ts';
import type { KlingWay, Patient } from './doctor/index.ts';
import { findModelsFolder, migrationsFolder } from './folders.ts';
import { createCredential, createKlingClient, createKlingNetwork, listAccounts } from './kling/index.ts';
import { countChildMib } from './media/index.ts';
import type { Storage } from './storage/index.ts';

/** What of a server is open already, or how it is opened. */
interface Surroundings {
  database: Patient['database']['open'];
  storage(): Promise<Storage>;
  clock: { now(): Date };
}

/** What the doctor looks at, as the settings name it. */
export function createPatient(config: Config, { database, storage, clock }: Surroundings): Patient {
  const findDatabase = async (): Promise<Db | null> => {
    const db = await database().catch(() => null);
    return db === null || 'none' in db ? null : db;
  };
  return {
    database: { open: database, migrationsFolder },
    storage: { open: storage, database: findDatabase },
    clock: {
      now: () => clock.now(),
      other: async () => (config.databaseUrl === undefined ? null : await findDatabase()),
    },
    memory: {
      bytes: Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY),
      children: config.media.childCount === 0 ? availableParallelism() : config.media.childCount,
      childMemoryMib: countChildMib(config.media),
    },
    publicUrl: { url: config.flow.publicUrl, fetch },
    kling: { open: () => openKling(config, clock) },
    folders: [resolve(config.dataFolder), tmpdir()],
    video: { settings: config.media, folder: resolve(config.dataFolder) },
    faces: { settings: config.media, folder: findModelsFolder(config) },
    mattes: { ...config.media, modelsFolder: findModelsFolder(config) },
  };
}

/** The Kling accounts of the settings in their order, to be closed by the one who asked; none without credentials. */
export function openKling(config: Config, clock: { now(): Date }): KlingWay[] {
  const { kling } = config;
  const accounts = listAccounts(kling);
  return accounts.map((account) => ({
    name: account.name,
    baseUrl: account.klingBaseUrl,
    client: createKlingClient({
      baseUrl: account.klingBaseUrl,
      credential: createCredential(account, clock),
      timeoutMs: Math.min(10, kling.klingTimeoutSeconds) * 1000,
      network: createKlingNetwork([account], chooseNetworkOptions(config)),
    }),
  }));
}
