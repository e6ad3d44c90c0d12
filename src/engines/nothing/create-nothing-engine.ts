import type { ElementManifest } from '../../media/index.ts';
import type { ElementEngine } from '../element-engine.ts';
import { summarizeManifest } from '../summarize-manifest.ts';

/** Does no work, reads and writes no file, and answers at once with the least valid draft. For benchmarks and faults. */
export function createNothingEngine(): ElementEngine {
  return {
    name: 'nothing',
    place: 'local',
    usesFiles: false,
    async buildElement({ reference_type }, { signal }) {
      signal.throwIfAborted();
      const manifest: ElementManifest = {
        manifest_version: 1,
        engine: { name: 'nothing', version: '1' },
        reference_type,
        frontal_image: null,
        files: [],
        sources: [],
        colors: [],
        placeholder_hash: '',
        report: [],
      };
      return { files: [], manifest, summary: summarizeManifest(manifest) };
    },
    close: async () => undefined,
  };
}
