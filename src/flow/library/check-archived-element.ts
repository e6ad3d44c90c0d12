import { type Static, Type } from 'typebox';
import {
  type ArchivedElement,
  archiveEntries,
  archiveFormat,
  archiveRefused,
  archiveVersion,
  fileNamePattern,
  type UnpackedFile,
} from '../../elements/index.ts';
import { checkJsonShape } from '../../lib/check-json-shape.ts';
import { compileCheck } from '../../lib/compile-check.ts';
import { ElementManifest } from '../../media/index.ts';
import { ArchivedElementFields } from '../../models/index.ts';

const entry = archiveEntries.element;

/** Strokes are most of it: of sixteen frames, as many as are kept (`mendingLimits`), three items a point. */
const shapeLimits = { depthMax: 32, keysMax: 60_000, itemsMax: 200_000 };

const checkFrame = compileCheck(
  Type.Object({ format: Type.Literal(archiveFormat), format_version: Type.Literal(archiveVersion) }),
);

const checkElement = compileCheck(
  Type.Object({
    ...ArchivedElementFields.properties,
    format: Type.Literal(archiveFormat),
    format_version: Type.Literal(archiveVersion),
    element_id: Type.String({ pattern: '^[1-9][0-9]{15}$' }),
    revision: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
    created_at: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}Z$' }),
    manifest: ElementManifest,
  }),
);

/** A file of the manifest, and where it was unpacked. */
export interface CheckedFile {
  listed: Static<typeof ElementManifest>['files'][number];
  path: string;
}

/**
 * Holds `element.json` to its form, its words to the rules of creation and its manifest to the files that came with it. What the
 * pictures show is checked elsewhere. Throws 400 `archive_refused` naming the first fact that is off.
 */
export function checkArchivedElement(
  sent: unknown,
  files: readonly UnpackedFile[],
): { element: ArchivedElement; files: readonly CheckedFile[] } {
  // Before all else, since the rest of another version may look anyhow.
  const frame = checkFrame(sent);
  if (!frame.ok) throw archiveRefused(entry, `is of another program or version: ${frame.invalid.message}`);
  checkStorable(sent);
  const checked = checkElement(sent);
  if (!checked.ok) throw archiveRefused(entry, checked.invalid.message);
  const element = checked.value as ArchivedElement;
  if (BigInt(element.element_id) > BigInt(Number.MAX_SAFE_INTEGER))
    throw archiveRefused(entry, 'element_id: is too large');
  checkSources(element);
  return { element, files: matchFiles(element.manifest, files) };
}

/** What would end the process' stack, and what PostgreSQL keeps in no JSON, in fields that nobody else looks at too. */
function checkStorable(sent: unknown): void {
  const invalid = checkJsonShape(sent, shapeLimits, entry);
  if (invalid !== null) throw archiveRefused(entry, invalid.message);
  JSON.stringify(sent, (key, value) => {
    const isStorable = (one: unknown) => typeof one !== 'string' || (!one.includes('\0') && one.isWellFormed());
    if (!isStorable(key) || !isStorable(value))
      throw archiveRefused(entry, `${key.slice(0, 40)}: holds half a character or U+0000`);
    return value;
  });
}

function checkSources({ reference_type, manifest }: ArchivedElement): void {
  const { sources } = manifest;
  if (manifest.reference_type !== reference_type) {
    throw archiveRefused(
      entry,
      `manifest.reference_type: is ${manifest.reference_type}, reference_type is ${reference_type}`,
    );
  }
  const roles = sources.map(({ role }) => role).join(', ');
  const isRight =
    reference_type === 'video_refer' ? /^refer_video$/.test(roles) : /^frontal_image(, refer_image){0,3}$/.test(roles);
  if (!isRight) throw archiveRefused(entry, `manifest.sources: are ${roles || 'none'}, which no ${reference_type} has`);
}

function matchFiles(manifest: ElementManifest, files: readonly UnpackedFile[]): CheckedFile[] {
  const unpacked = new Map(files.map((file) => [file.name, file]));
  const matched = manifest.files.map((listed, at) => {
    const place = `manifest.files[${at}]`;
    const file = unpacked.get(listed.name);
    if (!fileNamePattern.test(listed.name) || file === undefined) {
      throw archiveRefused(entry, `${place}.name: there is no such file in the archive, or it is named twice`);
    }
    // The library keeps the manifest beside the pictures under this name.
    if (listed.name === archiveEntries.element) throw archiveRefused(entry, `${place}.name: is the manifest's own`);
    unpacked.delete(listed.name);
    if (file.sizeBytes !== listed.bytes || file.sha256 !== listed.sha256) {
      throw archiveRefused(`files/${listed.name}`, `has ${file.sizeBytes} bytes and another sum than ${entry} says`);
    }
    if (listed.source !== null && manifest.sources[listed.source] === undefined) {
      throw archiveRefused(entry, `${place}.source: is ${listed.source}, there are ${manifest.sources.length}`);
    }
    return { listed, path: file.path };
  });
  const [extra] = unpacked.keys();
  if (extra !== undefined) throw archiveRefused(`files/${extra}`, `does not stand in ${entry}`);
  const views = manifest.files.filter(({ role }) => role === 'upright' || role === 'frame');
  if (!views.some(({ name }) => name === manifest.frontal_image)) {
    throw archiveRefused(entry, 'manifest.frontal_image: is none of its pictures');
  }
  for (const [at, { view }] of (manifest.mended ?? []).entries()) {
    const isView = views.some(({ name }) => name.replace(/\.\w+$/, '') === view);
    const isOnce = manifest.mended?.findIndex((one) => one.view === view) === at;
    if (!isView || !isOnce)
      throw archiveRefused(entry, `manifest.mended[${at}].view: is none of its pictures, or twice there`);
  }
  for (const at of manifest.sources.keys()) {
    if (!views.some(({ source }) => source === at))
      throw archiveRefused(entry, `manifest.sources[${at}]: has no picture`);
  }
  return matched;
}
