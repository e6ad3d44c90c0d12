import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { type Config, chooseNetworkOptions } from './config.ts';
import type { Db } from './db/index.ts';
import type { Patient } from './doctor/index.ts';
import { migrationsFolder } from './folders.ts';
import {
  createCredential,
  createKlingClient,
  createKlingNetwork,
  hasKlingCredentials,
  type KlingClient,
} from './kling/index.ts';
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
      childMemoryMib: config.media.childMemoryMib,
    },
    publicUrl: { url: config.flow.publicUrl, fetch },
    kling: { baseUrl: config.kling.klingBaseUrl, open: () => openKling(config, clock) },
    folders: [resolve(config.dataFolder), tmpdir()],
    ffmpeg: config.media.ffmpeg,
  };
}

/** The Kling account of the settings, to be closed by the one who asked; null without credentials. */
export function openKling(config: Config, clock: { now(): Date }): KlingClient | null {
  const { kling } = config;
  if (!hasKlingCredentials(kling)) return null;
  return createKlingClient({
    baseUrl: kling.klingBaseUrl,
    credential: createCredential(kling, clock),
    timeoutMs: Math.min(10, kling.klingTimeoutSeconds) * 1000,
    network: createKlingNetwork(kling, chooseNetworkOptions(config)),
  });
}
