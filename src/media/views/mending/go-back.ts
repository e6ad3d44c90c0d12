import type { ElementFile, ElementManifest, ViewFacts } from '../../schema.ts';

/** What the automatic matte and cut-out of a view are listed as while it is mended. */
export const automaticRoles = { matte: 'automatic_matte', cutout: 'automatic_cutout' } as const;

/** The manifest with the automatic matte and cut-out of a view in their place again; what follows from them is as it was. */
export function goBack(manifest: ElementManifest, stem: string): ElementManifest {
  const confidence = manifest.mended?.find(({ view }) => view === stem)?.automatic.matte_confidence ?? 0;
  const files = manifest.files.flatMap((file): ElementFile[] => {
    if (!isOf(file, stem)) return [file];
    if (file.role === 'matte' || file.role === 'cutout') return [];
    if (file.role === 'automatic_matte') return [{ ...file, role: 'matte' }];
    return [file.role === 'automatic_cutout' ? { ...file, role: 'cutout' } : file];
  });
  const own = manifest.files.find(
    ({ name, role }) => stemOf(name) === stem && (role === 'upright' || role === 'frame'),
  );
  const sources = manifest.sources.map((source, at) => {
    const { facts } = source;
    if (at !== own?.source) return source;
    if (facts.kind === 'image') return { ...source, facts: forget(facts, confidence) };
    const frames = facts.frames.map((frame) => (frame.file === own.name ? forget(frame, confidence) : frame));
    return { ...source, facts: { ...facts, frames } };
  });
  return { ...manifest, files, sources };
}

function forget<F extends ViewFacts>({ matte_source: _, ...facts }: F, matte_confidence: number): F {
  return { ...facts, matte_confidence } as F;
}

/** Whether a file is one of a view's: their names are its stem, and what they are: `frontal-matte.png`. */
export function isOf({ name }: ElementFile, stem: string): boolean {
  return name.startsWith(`${stem}-`) || stemOf(name) === stem;
}

/** The name without its ending. */
export function stemOf(name: string): string {
  return name.replace(/\.\w+$/, '');
}
