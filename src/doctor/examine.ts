import { setTimeout as sleep } from 'node:timers/promises';
import { type ClockOptions, checkClock } from './check-clock.ts';
import { checkDatabase, type DatabaseOptions } from './check-database.ts';
import { checkDisk } from './check-disk.ts';
import { checkFaces, type FacesOptions } from './check-faces.ts';
import { checkKling, type KlingOptions } from './check-kling.ts';
import { checkMattes, type MattesOptions } from './check-mattes.ts';
import { checkMemory, type MemoryOptions } from './check-memory.ts';
import { checkProcessor } from './check-processor.ts';
import { checkPublicUrl, type PublicUrlOptions } from './check-public-url.ts';
import { checkStorage, type StorageOptions } from './check-storage.ts';
import { checkVideo, type VideoOptions } from './check-video.ts';
import type { Check, Diagnosis } from './schema.ts';

/** What is looked at: of a running server, or of what the settings name. */
export interface Patient {
  database: DatabaseOptions;
  storage: StorageOptions;
  clock: ClockOptions;
  memory: MemoryOptions;
  publicUrl: PublicUrlOptions;
  kling: KlingOptions;
  /** Where files are written: the data folder, the folder for temporary files. */
  folders: readonly string[];
  video: VideoOptions;
  faces: FacesOptions;
  mattes: MattesOptions;
}

/** Milliseconds that one part may take to answer. */
const partMs = 15_000;

/**
 * Looks at every part at once and answers what is missing or wrong with how to mend it. Writes nothing but a file into the storage, which it
 * takes away again. Never throws: a part that can't be looked at is broken.
 */
export async function examine(patient: Patient): Promise<Diagnosis> {
  const looks: readonly (readonly [part: string, look: () => Promise<Omit<Check, 'part'>>])[] = [
    ['database', () => checkDatabase(patient.database)],
    ['storage', () => checkStorage(patient.storage)],
    ['video', () => checkVideo(patient.video)],
    ['faces', () => checkFaces(patient.faces)],
    ['mattes', () => checkMattes(patient.mattes)],
    ['processor', () => checkProcessor()],
    ['memory', async () => checkMemory(patient.memory)],
    ...patient.folders.map((folder) => ['disk', () => checkDisk(folder)] as const),
    ['clock', () => checkClock(patient.clock)],
    ['public_url', () => checkPublicUrl(patient.publicUrl)],
    ['kling', () => checkKling(patient.kling)],
  ];
  const checks = await Promise.all(looks.map(async ([part, look]) => ({ part, ...(await lookAt(look)) })));
  return { healthy: checks.every(({ status }) => status !== 'broken'), checks };
}

async function lookAt(look: () => Promise<Omit<Check, 'part'>>): Promise<Omit<Check, 'part'>> {
  const late = { status: 'broken', message: `gave no answer within ${partMs / 1000} s` } as const;
  const answer = look().catch((error: Error) => ({ status: 'broken' as const, message: error.message }));
  return await Promise.race([answer, sleep(partMs, late, { ref: false })]);
}
