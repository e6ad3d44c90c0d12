import { loadPackageFile, type PackageFile } from './load-package-file.ts';
import { planNetwork, type RunNetwork } from './runner/plan-network.ts';
import { readNetwork } from './runner/read-network.ts';

/** The networks that know people. */
export interface PeopleNetworks {
  /** Which pixels of 256 × 256 are of a person. */
  readonly persons: RunNetwork;
  /** Faces within two metres, in 128 × 128. */
  readonly nearFaces: RunNetwork;
  /** Faces within five metres, in 192 × 192. */
  readonly farFaces: RunNetwork;
}

/** Apache-2.0, by their model cards; named in NOTICE. Of the packages nothing else is read. */
const networkFiles: Readonly<Record<keyof PeopleNetworks, PackageFile>> = {
  persons: {
    package: '@mediapipe/selfie_segmentation',
    file: 'selfie_segmentation.tflite',
    sha256: '8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27',
  },
  nearFaces: {
    package: '@mediapipe/face_detection',
    file: 'face_detection_short_range.tflite',
    sha256: '3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633',
  },
  farFaces: {
    package: '@mediapipe/face_detection',
    file: 'face_detection_full_range.tflite',
    sha256: '99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3',
  },
};

let found: PeopleNetworks | null | undefined;

/** The networks from the optional packages, read once for a process; null where one of them isn't installed as it was released. */
export function findNetworks(): PeopleNetworks | null {
  if (found === undefined) {
    const [persons, nearFaces, farFaces] = (['persons', 'nearFaces', 'farFaces'] as const).map((name) =>
      loadNetwork(networkFiles[name]),
    );
    found = persons && nearFaces && farFaces ? { persons, nearFaces, farFaces } : null;
  }
  return found;
}

/** It is laid out at its first use: who shows no face needs no persons. */
function loadNetwork(file: PackageFile): RunNetwork | null {
  const bytes = loadPackageFile(file);
  if (bytes === null) return null;
  let run: RunNetwork | undefined;
  return (input) => {
    run ??= planNetwork(readNetwork(bytes)).run;
    return run(input);
  };
}
