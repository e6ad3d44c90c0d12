import type { EmbeddingArchitecture, PictureInput } from '../architecture.ts';
import { imagenet } from './matting-architectures.ts';

/** Every one takes 224 px; the subject is handed over on a plain square, so nothing is cropped away. */
const square224 = {
  names: ['pixel_values'],
  layout: 'NCHW',
  width: 224,
  height: 224,
  anySide: true,
  fit: 'stretch',
  channels: 'rgb',
} as const satisfies Partial<PictureInput>;

/** Mean and deviation of CLIP's training pictures. */
const clipColors = {
  mean: [0.48145466, 0.4578275, 0.40821073],
  deviation: [0.26862954, 0.26130258, 0.27577711],
} as const;

/**
 * The cosines in `sameSubject` are starting points and not measured here. For real photos of one subject the DreamBooth
 * paper (arXiv 2208.12242, table 1) gives a mean of 0.774 by DINO ViT-S/16 and 0.885 by CLIP ViT-B/32; the middle
 * between those and what unlike things commonly have (about 0.3 and 0.65) is taken. Calibrate on own pictures and give the value
 * with `--same-subject-at`.
 */
export const embeddingArchitectures: readonly EmbeddingArchitecture[] = [
  {
    id: 'dinov2',
    title: 'DINOv2, any size',
    task: 'embedding',
    input: { ...square224, ...imagenet },
    output: { names: ['last_hidden_state'], read: 'first-token' },
    sameSubject: { at: 0.55, slope: 10 },
    licence: 'Apache-2.0',
    source: 'https://github.com/facebookresearch/dinov2; names as exported by https://github.com/huggingface/optimum',
  },
  {
    id: 'clip',
    title: 'CLIP image encoder with projection',
    task: 'embedding',
    input: { ...square224, ...clipColors },
    output: { names: ['image_embeds'], read: 'whole' },
    sameSubject: { at: 0.77, slope: 20 },
    licence: 'MIT',
    source: 'https://github.com/openai/CLIP; names as exported by https://github.com/huggingface/optimum',
  },
  {
    id: 'siglip',
    title: 'SigLIP image encoder, 224 px',
    task: 'embedding',
    input: { ...square224, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
    output: { names: ['pooler_output'], read: 'whole' },
    sameSubject: { at: 0.77, slope: 20 },
    licence: 'Apache-2.0',
    source:
      'https://github.com/google-research/big_vision; names as exported by https://github.com/huggingface/optimum',
  },
];
