import { join } from 'node:path';
import type { BuildResult, Media } from '../../media/index.ts';
import type { ElementDraft, ElementEngine, ElementOrder } from '../element-engine.ts';
import { summarizeManifest } from '../summarize-manifest.ts';

/** Raised whenever the same sources would give other files. */
const engineVersion = '7';

/** Builds elements on this machine. Owns `media` from now on and closes it. */
export function createLocalEngine(media: Media): ElementEngine {
  return {
    name: 'local',
    place: 'local',
    usesFiles: true,
    async buildElement(order, { signal, onProgress }) {
      const result = await media.build(order.sources, order.workFolder, {
        signal,
        onProgress: ({ fraction, step }) => onProgress(fraction, step),
      });
      return presentDraft(order, result, media.models);
    },
    verifyFiles: media.verifyFiles,
    mending: media,
    drawStills: media.drawStills,
    shrinkPicture: media.shrinkPicture,
    close: () => media.close(),
  };
}

function presentDraft(order: ElementOrder, result: BuildResult, models: Media['models']): ElementDraft {
  const used = models.map(({ task, name, architecture, sha256 }) => ({ task, name, architecture, sha256 }));
  const manifest = {
    manifest_version: 1 as const,
    engine: { name: 'local', version: engineVersion, ...(used.length > 0 && { models: used }) },
    reference_type: order.reference_type,
    ...result,
  };
  return {
    files: result.files.map((file) => ({ ...file, path: join(order.workFolder, file.name) })),
    manifest,
    summary: summarizeManifest(manifest),
  };
}
