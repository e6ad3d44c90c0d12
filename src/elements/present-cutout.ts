import type { ElementFile, ElementManifest, ViewFacts } from '../media/index.ts';
import { viewNotFound } from './errors.ts';
import type { Element } from './tables.ts';

/** One picture of an element, with its cut-out. */
export interface ElementView {
  name: string;
  picture: ElementFile;
  /** Null where no subject was found. */
  matte: ElementFile | null;
  cutout: ElementFile | null;
  facts: ViewFacts;
  /** What a person has done to it; undefined while it is automatic. */
  mended: NonNullable<ElementManifest['mended']>[number] | undefined;
}

/** The picture of this name (`frontal`, `refer-1`, `frame-1`); throws 404 `view_not_found` with those that there are. */
export function findView(manifest: ElementManifest, name: string): ElementView {
  const pictures = manifest.files.filter(({ role }) => role === 'upright' || role === 'frame');
  const picture = pictures.find((file) => stemOf(file) === name);
  const facts = picture === undefined ? undefined : findFacts(manifest, picture);
  if (picture === undefined || facts === undefined) throw viewNotFound(name, pictures.map(stemOf));
  const find = (role: ElementFile['role']) =>
    manifest.files.find((file) => file.role === role && file.name.startsWith(`${name}-`)) ?? null;
  const mended = manifest.mended?.find(({ view }) => view === name);
  return { name, picture, matte: find('matte'), cutout: find('cutout'), facts, mended };
}

function findFacts({ sources }: ElementManifest, { name, source }: ElementFile): ViewFacts | undefined {
  const facts = sources[source ?? 0]?.facts;
  return facts?.kind === 'clip' ? facts.frames.find(({ file }) => file === name) : facts;
}

function stemOf({ name }: ElementFile): string {
  return name.replace(/\.\w+$/, '');
}

/** The cut-out of a view as its owner mends it, with links under `base`, the address of this server. */
export function presentCutout(element: Element, name: string, base: string) {
  const { picture, matte, cutout, facts, mended } = findView(element.manifest, name);
  const { matte_confidence, matte_source = 'automatic', ...rest } = facts;
  const folder = `${base}/v1/elements/${element.id}/files/`;
  const link = (file: ElementFile | null) => (file === null ? null : `${folder}${file.name}`);
  return {
    element_id: String(element.id),
    view: name,
    revision: element.revision,
    matte_source,
    matte_confidence,
    width_px: picture.width_px ?? 0,
    height_px: picture.height_px ?? 0,
    picture_url: `${folder}${picture.name}`,
    matte_url: link(matte),
    cutout_url: link(cutout),
    strokes: mended?.strokes ?? [],
    facts: pickFacts(rest),
  };
}

/** Without what the source of an image says of its file. */
function pickFacts(facts: Omit<ViewFacts, 'matte_confidence' | 'matte_source'>) {
  const { sharpness, exposure, perceptual_hash, subject, same_subject, view_difference, faces } = facts;
  return { sharpness, exposure, perceptual_hash, subject, same_subject, view_difference, ...(faces && { faces }) };
}
