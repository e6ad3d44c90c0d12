import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isConnectionLost, transaction } from '../../db/index.ts';
import {
  type Element,
  elementFileNotFound,
  elementNotFound,
  findElement,
  findView,
  listElementFiles,
  mendElement,
  mendingRefused,
  revisionConflict,
} from '../../elements/index.ts';
import { AppError } from '../../lib/errors.ts';
import { failpoint } from '../../lib/failpoint.ts';
import { parseDataUrl } from '../../lib/parse-data-url.ts';
import { createRandomText } from '../../lib/random.ts';
import type { ElementManifest, MendedView, Stroke } from '../../media/index.ts';
import type { Context } from '../context.ts';
import { discardFiles, storeElementFiles } from '../storage/store-drafts.ts';

/** What a person does to the cut-out of one view. */
export interface Mending {
  view: string;
  strokes: readonly Stroke[];
  /** A PNG as a data URL, in the place of the matte that it has. */
  alpha?: string | undefined;
  /** The revision that it is meant for; undefined for any. */
  revision?: number | undefined;
}

/** Points of one request, and of all strokes that are kept of a view: the oldest strokes are left out beyond that. */
export const mendingLimits = { pointsMax: 2_000, keptPointsMax: 3_000 };

/** Less of the picture than this is nothing: 512 pixels of the largest matte. */
const subjectShareMin = 0.0002;

interface Work extends AsyncDisposable {
  element: Element;
  folder: string;
}

/**
 * The matte that `mendCutout` would store, a grey PNG; nothing is stored. Throws 404 `element_not_found`, `view_not_found`; 409
 * `revision_conflict`; 400 `invalid_request` for strokes and alphas that can't be taken.
 */
export async function previewCutout(
  context: Context,
  accountId: number | null,
  elementId: number,
  mending: Mending,
  signal: AbortSignal,
): Promise<Buffer> {
  checkStrokes(mending);
  const work = await open(context, accountId, elementId, mending);
  try {
    const { path } = await drawMatte(context, work, mending, signal);
    return await readFile(path);
  } finally {
    // Somebody waits for the edge, nobody for this. What stays is swept (`expire`).
    work[Symbol.asyncDispose]().then(undefined, () => undefined);
  }
}

/**
 * Stores a mended cut-out and all that follows from it, as one more revision of the element, and returns the element as it is
 * then. Files that it replaces stay for tasks that work with them (`forgetReplaced`). Throws as {@link previewCutout}; 409
 * `revision_conflict` also when another change came between, 400 when nothing of the picture would be left.
 */
export async function mendCutout(
  context: Context,
  accountId: number,
  elementId: number,
  mending: Mending,
  signal: AbortSignal,
): Promise<Element> {
  checkStrokes(mending);
  if (mending.strokes.length === 0 && mending.alpha === undefined) {
    throw mendingRefused('strokes', 'there must be at least one, or an alpha');
  }
  await using work = await open(context, accountId, elementId, mending);
  const { path, subjectShare } = await drawMatte(context, work, mending, signal);
  if (subjectShare < subjectShareMin) {
    const param = mending.alpha === undefined ? 'strokes' : 'alpha';
    throw mendingRefused(param, 'leave nothing of the picture; a cut-out must show something');
  }
  const record = recordMending(work.element.manifest, mending);
  return await remake(context, work, mending.view, { mattePath: path, record }, signal);
}

/**
 * Goes back to the automatic cut-out of a view, as one more revision; an element whose view is automatic stays as it is. Throws
 * as {@link mendCutout}.
 */
export async function undoMending(
  context: Context,
  accountId: number,
  elementId: number,
  { view, revision }: Pick<Mending, 'view' | 'revision'>,
  signal: AbortSignal,
): Promise<Element> {
  await using work = await open(context, accountId, elementId, { view, revision });
  if (findView(work.element.manifest, view).mended === undefined) return work.element;
  return await remake(context, work, view, null, signal);
}

async function open(
  { database, workFolder }: Context,
  accountId: number | null,
  elementId: number,
  { view, revision }: Pick<Mending, 'view' | 'revision'>,
): Promise<Work> {
  const element = await findElement(database.db, accountId, elementId);
  if (element === null) throw elementNotFound();
  findView(element.manifest, view);
  if (revision !== undefined && revision !== element.revision) throw revisionConflict(revision, element.revision);
  const folder = join(workFolder, `mend-${randomUUID()}`);
  await mkdir(folder);
  return { element, folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

function checkStrokes({ strokes }: Pick<Mending, 'strokes'>): void {
  const count = strokes.reduce((sum, { points }) => sum + points.length, 0);
  if (count > mendingLimits.pointsMax) {
    throw mendingRefused('strokes', `have ${count} points together, at most ${mendingLimits.pointsMax} are allowed`);
  }
}

/** The process that mends may have the picture prepared still: only else its files are fetched. */
async function drawMatte(
  context: Context,
  { element, folder }: Work,
  { view, strokes, alpha }: Mending,
  signal: AbortSignal,
): Promise<{ path: string; subjectShare: number }> {
  const { picture, matte } = findView(element.manifest, view);
  const path = join(folder, 'new-matte.png');
  const given = alpha === undefined ? null : await keepAlpha(context, alpha, folder);
  const key = [picture.sha256, matte?.sha256 ?? '', given?.sum ?? ''].join(' ');
  const { mendMatte } = context.engines.getMending();
  const order = { key, strokes, mattePath: path };
  try {
    let drawn = await mendMatte({ ...order, files: null }, { signal });
    if (drawn === null) {
      const names = [picture.name, ...(matte === null || given !== null ? [] : [matte.name])];
      const paths = await fetchFiles(context, element.id, names, folder);
      const files = {
        upright: paths[picture.name] as string,
        matte: matte === null ? null : (paths[matte.name] ?? null),
        alpha: given === null ? null : { path: given.path, param: 'alpha' },
      };
      drawn = await mendMatte({ ...order, files }, { signal });
    }
    if (drawn === null) throw new Error('a matte was neither drawn nor refused');
    return { path, subjectShare: drawn.subject_share };
  } catch (error) {
    throw toRefusal(error);
  }
}

/** What is wrong with an alpha is a fault of this request, not of a task. */
function toRefusal(error: unknown): unknown {
  if (!(error instanceof AppError) || error.retryable || error.param !== 'alpha') return error;
  return mendingRefused('alpha', error.message.replace(/^alpha: /, ''));
}

async function keepAlpha({ config }: Context, alpha: string, folder: string): Promise<{ path: string; sum: string }> {
  const parsed = parseDataUrl(alpha, config.media.imageBytesMax);
  if (!parsed.ok) throw mendingRefused('alpha', parsed.message);
  const path = join(folder, 'alpha.png');
  await writeFile(path, parsed.bytes);
  return { path, sum: createHash('sha256').update(parsed.bytes).digest('hex') };
}

/** Local copies of files of an element, by their names. Throws 404 `element_file_not_found` when one is gone. */
async function fetchFiles(
  { database, storage }: Context,
  elementId: number,
  names: readonly string[],
  folder: string,
): Promise<Record<string, string>> {
  const keys = new Map((await listElementFiles(database.db, elementId)).map((file) => [file.name, file.storage_key]));
  const fetched = names.map(async (name) => {
    const key = keys.get(name);
    if (key === undefined) throw elementFileNotFound();
    const path = join(folder, `had-${name}`);
    await storage.copyTo(key, path).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? elementFileNotFound() : error;
    });
    return [name, path] as const;
  });
  return Object.fromEntries(await Promise.all(fetched));
}

/** What is kept of it: all strokes since the automatic cut-out or the last alpha, as far as there is room. */
function recordMending(manifest: ElementManifest, { view, strokes, alpha }: Mending): MendedView {
  const { facts, mended } = findView(manifest, view);
  const earlier = alpha === undefined ? mended : undefined;
  const all = [...(earlier?.strokes ?? []), ...strokes.map(roundStroke)];
  let points = all.reduce((sum, stroke) => sum + stroke.points.length, 0);
  let leftOut = 0;
  while (points > mendingLimits.keptPointsMax) points -= all[leftOut++]?.points.length ?? points;
  const leftOutEver = leftOut + (earlier?.strokes_left_out ?? 0);
  return {
    view,
    strokes: all.slice(leftOut),
    ...(leftOutEver > 0 && { strokes_left_out: leftOutEver }),
    ...((alpha !== undefined || earlier?.alpha_given) && { alpha_given: true as const }),
    automatic: mended?.automatic ?? { matte_confidence: facts.matte_confidence },
  };
}

function roundStroke({ kind, radius_px, points }: Stroke): Stroke {
  const round = (value: number) => Math.round(value * 100) / 100;
  return { kind, radius_px: round(radius_px), points: points.map(([x, y]) => [round(x), round(y)]) };
}

async function remake(
  context: Context,
  { element, folder }: Work,
  view: string,
  mended: { mattePath: string; record: MendedView } | null,
  signal: AbortSignal,
): Promise<Element> {
  const { manifest, id, account_id, revision } = element;
  const roles = [
    'upright',
    'frame',
    'matte',
    'cutout',
    ...(mended === null ? ['automatic_matte', 'automatic_cutout'] : []),
  ];
  const needed = manifest.files.filter(({ role }) => roles.includes(role)).map(({ name }) => name);
  const paths = await fetchFiles(context, id, needed, folder);
  const taken = (await listElementFiles(context.database.db, id)).map(({ name }) => name);
  const made = join(folder, 'made');
  await mkdir(made);
  const remaking = { manifest, view, mended, paths, suffix: chooseSuffix(revision + 1, taken) };
  const next = await context.engines.getMending().remakeElement(remaking, made, { signal });
  const had = new Set(manifest.files.map(({ name }) => name));
  const has = new Set(next.files.map(({ name }) => name));
  const drafts = next.files
    .filter(({ name }) => !had.has(name))
    .map((file) => ({ ...file, path: join(made, file.name) }));
  const place = `${id}/r${revision + 1}-${createRandomText(8, 'abcdefghijklmnopqrstuvwxyz0123456789')}`;
  const files = await storeElementFiles(context.storage, { folder: place, elementId: id }, drafts, next);
  const gone = [...had].filter((name) => !has.has(name));
  const replaced = [...gone, ...files.map(({ name }) => name)];
  try {
    return await transaction(context.database.db, async (tx) => {
      const change = { account_id, id, revision, manifest: next, files, replaced };
      const outcome = await mendElement(tx, change);
      const found = outcome === 'absent' ? null : await findElement(tx, account_id, id);
      if (found === null) throw elementNotFound();
      if (outcome === 'changed') throw revisionConflict(revision, found.revision);
      failpoint('before-commit-of-mend');
      return found;
    });
  } catch (error) {
    // A commit that nobody answered may have happened: then the element needs its files, else the sweep takes them.
    if (!isConnectionLost(error)) await discardFiles(context.storage, files);
    throw error;
  }
}

/** `r3`; something behind it where an archive from elsewhere has brought a file of such a name. */
function chooseSuffix(revision: number, taken: readonly string[]): string {
  for (let attempt = 0; ; attempt++) {
    const suffix = attempt === 0 ? `r${revision}` : `r${revision}.${attempt}`;
    if (!taken.some((name) => name.replace(/\.\w+$/, '').endsWith(`-${suffix}`))) return suffix;
  }
}
