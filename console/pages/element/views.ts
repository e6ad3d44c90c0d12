import type { ElementDetails } from '../../../client/index.ts';

type ElementFile = ElementDetails['files'][number];

/** One picture of an element with its cut-out. */
export interface View {
  /** As the API names it: `frontal`, `refer-1`, `frame-2`. */
  name: string;
  /** As people do. */
  label: string;
  picture: ElementFile;
  matte: ElementFile | undefined;
  thumbnail: ElementFile | undefined;
  /** How sure its cut-out is, 0 to 1; undefined where nothing was measured. */
  confidence: number | undefined;
  /** Chance that it shows the subject of the first one; null for that one. */
  sameSubject: number | null | undefined;
  isMended: boolean;
}

/** The pictures of an element, the frontal one first. */
export function listViews(element: Pick<ElementDetails, 'files' | 'sources'>): View[] {
  const { files } = element;
  const pictures = files.filter(({ role }) => role === 'upright' || role === 'frame');
  return pictures.map((picture) => {
    const name = picture.name.replace(/\.\w+$/, '');
    const find = (role: string) => files.find((file) => file.role === role && file.name.startsWith(`${name}-`));
    const facts = findFacts(element, picture);
    return {
      name,
      label: writeLabel(name),
      picture,
      matte: find('matte'),
      thumbnail: find('thumbnail'),
      confidence: facts?.matte_confidence,
      sameSubject: facts?.same_subject,
      isMended: facts?.matte_source === 'mended',
    };
  });
}

interface Facts {
  matte_confidence?: number;
  same_subject?: number | null;
  matte_source?: string;
  /** Of a clip: each frame by the name of its file. */
  frames?: (Facts & { file: string })[];
}

function findFacts({ sources }: Pick<ElementDetails, 'sources'>, { name, source }: ElementFile): Facts | undefined {
  const { facts } = (sources[source ?? 0] ?? {}) as { facts?: Facts };
  return facts?.frames === undefined ? facts : facts.frames.find(({ file }) => file === name);
}

function writeLabel(name: string): string {
  const [kind, at] = name.split('-');
  if (kind === 'frontal') return 'Front';
  return kind === 'frame' ? `Frame ${at}` : `View ${Number(at) + 1}`;
}
