import type { MediaSettings } from './config.ts';
import { noFaceComparison } from './errors.ts';

/**
 * Sees to it that faces can be compared where `TROUPE_COMPARE_FACES` is on. `folder` is where models lie, and packages that they need.
 * Throws `service_error` with the words to mend it: a server that silently went on without would warn of no stranger.
 */
export async function checkFaceComparison(
  { compareFaces, peopleNetworks }: Pick<MediaSettings, 'compareFaces' | 'peopleNetworks'>,
  folder: string,
): Promise<void> {
  if (compareFaces === 'off') return;
  if (peopleNetworks === 'off') throw noFaceComparison('TROUPE_PEOPLE_NETWORKS is off; leave that out');
  const { createFaceComparer, createPeopleFinder } = await import('./networks/index.ts');
  if (createPeopleFinder() === null) {
    throw noFaceComparison('the optional packages that find faces are missing; install them with: npm install');
  }
  if (createFaceComparer(folder) !== null) return;
  const command = `npm install --prefix ${JSON.stringify(folder)} @vladmandic/face-api@1.7.15`;
  throw noFaceComparison(`its weights are not here as they were released; install them with: ${command}`);
}
