import type { Architecture } from '../architecture.ts';
import { embeddingArchitectures } from './embedding-architectures.ts';
import { faceArchitectures } from './face-architectures.ts';
import { mattingArchitectures } from './matting-architectures.ts';

/** Every architecture this program can read. To add one, add an entry to the list of its task. */
export const architectures: readonly Architecture[] = [
  ...mattingArchitectures,
  ...embeddingArchitectures,
  ...faceArchitectures,
];

/** Null for an id that no entry has. */
export function findArchitecture(id: string): Architecture | null {
  return architectures.find((one) => one.id === id) ?? null;
}
