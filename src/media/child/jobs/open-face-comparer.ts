import type { MediaSettings } from '../../config.ts';
import type { FaceComparer } from '../../networks/index.ts';
import type { Plugins } from '../../plugins/index.ts';

/** What compares faces, where the operator has switched that on. By the time of a job the start has seen to it that all is there. */
export async function openFaceComparer(
  { compareFaces, peopleNetworks }: MediaSettings,
  { folder }: Plugins,
): Promise<{ faceComparer?: FaceComparer }> {
  if (compareFaces === 'off' || peopleNetworks === 'off') return {};
  const { createFaceComparer } = await import('../../networks/index.ts');
  // Kept for the next element: what is laid out are weights, and what faces leave there is overwritten.
  comparer ??= createFaceComparer(folder) ?? undefined;
  return comparer === undefined ? {} : { faceComparer: comparer };
}

let comparer: FaceComparer | undefined;
