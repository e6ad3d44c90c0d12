import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Db, isConnectionLost, isUniqueViolation, transaction } from '../../db/index.ts';
import {
  type ArchivedElement,
  archiveRefused,
  createElementId,
  type Element,
  elementNotFound,
  findElement,
  insertElement,
  isElementIdTaken,
  listKnownStorageKeys,
  type NewElementFile,
  readArchive,
} from '../../elements/index.ts';
import { AppError } from '../../lib/errors.ts';
import { createRandomText } from '../../lib/random.ts';
import type { Context } from '../context.ts';
import { discardFiles, storeElementFiles } from '../storage/store-drafts.ts';
import { type CheckedFile, checkArchivedElement } from './check-archived-element.ts';

/** An element has at most 16 views of four files each; this is far above. */
const entriesMax = 200;

export interface Import {
  account_id: number;
  /** The archive as it came. */
  path: string;
  /** A fresh folder that exists, for what is unpacked. */
  workFolder: string;
  signal: AbortSignal;
}

export interface Imported {
  element: Element;
  /** Fields of the archive that could not be taken along, each with the reason. */
  leftOut: readonly string[];
}

/**
 * Takes the archive of an element into an account's library: the same pictures, facts and words, under the id of the
 * archive where no element here has it. Everything is checked before anything is kept: the archive, its sums, the words
 * by the rules of creation, and each picture decoded. Charges nothing. Throws 400 `archive_refused` with the entry and
 * the rule; then nothing is left.
 */
export async function importElement(
  context: Context,
  { account_id, path, workFolder, signal }: Import,
): Promise<Imported> {
  const unpackedFolder = join(workFolder, 'unpacked');
  await mkdir(unpackedFolder);
  const { importUnpackedBytesMax: unpackedBytesMax } = context.config.flow;
  const unpacked = await readArchive(path, unpackedFolder, { unpackedBytesMax, entriesMax });
  const { element: archived, files } = checkArchivedElement(unpacked.element, unpacked.files);
  await verifyPictures(context, files, signal);
  const voice = await chooseVoice(context, account_id, archived);
  const id = await insert(context, account_id, archived, files, voice.voice_id);
  const element = await findElement(context.database.db, account_id, id);
  if (element === null) throw elementNotFound();
  return { element, leftOut: voice.leftOut };
}

async function verifyPictures({ engines }: Context, files: readonly CheckedFile[], signal: AbortSignal): Promise<void> {
  const given = files.map(({ listed, path }) => {
    const { name, role, media_type, bytes, width_px, height_px } = listed;
    const size = width_px === undefined || height_px === undefined ? {} : { width_px, height_px };
    return { param: `files/${name}`, path, role, media_type, bytes, ...size };
  });
  try {
    await engines.verifyFiles(given, { signal });
  } catch (error) {
    if (!(error instanceof AppError) || error.retryable || error.param === undefined) throw error;
    throw archiveRefused(error.param, error.message.replace(`${error.param}: `, ''));
  }
}

/** A voice belongs to an account of its service: only one that this account may use comes along. */
async function chooseVoice(
  { engines }: Context,
  account_id: number,
  { reference_type, element_voice_id: voice_id }: ArchivedElement,
): Promise<{ voice_id: string | null; leftOut: string[] }> {
  if (voice_id === undefined) return { voice_id: null, leftOut: [] };
  const engine = engines.chooseElementEngine('kling-custom-element');
  const param = 'element_voice_id';
  try {
    await engine.checkElement?.({ account_id, reference_type, param, voice: { voice_id, param } });
    return { voice_id, leftOut: [] };
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 400) throw error;
    return { voice_id: null, leftOut: [error.message] };
  }
}

/** Of two imports of one archive at the same moment, one gets its id. Files never lie where another's could. */
async function insert(
  context: Context,
  account_id: number,
  archived: ArchivedElement,
  files: readonly CheckedFile[],
  voice_id: string | null,
): Promise<number> {
  const { database, storage } = context;
  const { manifest } = archived;
  const wanted = Number(archived.element_id);
  const own = createElementId();
  const id = (await isElementIdTaken(database.db, wanted)) ? own : wanted;
  const drafts = files.map(({ listed, path }) => ({ ...listed, path }));
  const stored = await storeElementFiles(storage, { folder: own, elementId: id }, drafts, manifest);
  try {
    await transaction(database.db, async (tx) => {
      await insertElement(
        tx,
        {
          id,
          account_id,
          manifest,
          voice_id,
          task_id: `imported-${createRandomText(16, '0123456789abcdef')}`,
          name: archived.element_name,
          description: archived.element_description,
          reference_type: archived.reference_type,
          engine: manifest.engine.name,
          tags: (archived.tag_list ?? []).map(({ tag_id }) => tag_id),
          labels: archived.tags,
          revision: archived.revision ?? 1,
          ...(id === wanted ? {} : { imported_from: wanted }),
        },
        stored,
      );
    });
    return id;
  } catch (error) {
    if (isConnectionLost(error)) {
      if (await hasTakenEffect(database.db, stored)) return id;
      // It may all the same: then the element needs its files, else the sweep takes them.
      throw error;
    }
    await discardFiles(storage, stored);
    const isIdLost = id === wanted && isUniqueViolation(error) && (await isElementIdTaken(database.db, wanted));
    if (isIdLost) return await insert(context, account_id, archived, files, voice_id);
    throw error;
  }
}

/** How often a commit that nobody answered is looked for, and how long after each other. */
const doubt = { looks: 8, pauseMs: 250 };

/** A client that is told of a fault repeats the import, which would make the same element twice. */
async function hasTakenEffect(db: Db, [file]: readonly NewElementFile[]): Promise<boolean> {
  if (file === undefined) return false;
  for (let look = 0; look < doubt.looks; look += 1) {
    await sleep(doubt.pauseMs);
    const known = await listKnownStorageKeys(db, [file.storage_key]).catch(() => []);
    if (known.length > 0) return true;
  }
  return false;
}
