import type { MattingArchitecture, PictureInput } from '../architecture.ts';

/** Mean and deviation of ImageNet's pictures, as torchvision's models use them. */
export const imagenet = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] } as const;

const square = (side: number) =>
  ({ layout: 'NCHW', width: side, height: side, fit: 'stretch', channels: 'rgb' }) satisfies Partial<PictureInput>;

export const mattingArchitectures: readonly MattingArchitecture[] = [
  {
    id: 'u2net',
    title: 'U²-Net, U²-Net-P, Silueta',
    task: 'matting',
    input: { ...square(320), ...imagenet },
    output: { activation: 'min-max' },
    licence: 'Apache-2.0',
    source: 'https://github.com/xuebinqin/U-2-Net and https://github.com/danielgatis/rembg (sessions/u2net.py)',
  },
  {
    id: 'isnet',
    title: 'IS-Net (DIS), general use',
    task: 'matting',
    input: { ...square(1024), usualNames: ['input'], mean: [0.5, 0.5, 0.5], deviation: [1, 1, 1] },
    output: { activation: 'min-max' },
    licence: 'Apache-2.0 (weights trained on DIS5K, whose pictures have terms of their own)',
    source: 'https://github.com/xuebinqin/DIS and https://github.com/danielgatis/rembg (sessions/dis_general_use.py)',
  },
  {
    id: 'isnet-anime',
    title: 'IS-Net for drawn characters',
    task: 'matting',
    input: { ...square(1024), mean: imagenet.mean, deviation: [1, 1, 1] },
    output: { activation: 'min-max' },
    isNamedOnly: true,
    licence: 'Apache-2.0',
    source:
      'https://github.com/SkyTNT/anime-segmentation and https://github.com/danielgatis/rembg (sessions/dis_anime.py)',
  },
  {
    id: 'ben2',
    title: 'BEN2, base',
    task: 'matting',
    // Its PyTorch code (BEN2.py) normalises by ImageNet's pictures, but the ONNX file is run without: onnx_run.py beside it, which the
    // repository's README names, and rembg's first session for it (sessions/ben_custom.py) only divide by 255.
    input: { ...square(1024), names: ['input'], mean: [0, 0, 0], deviation: [1, 1, 1] },
    output: { names: ['output'], activation: 'min-max' },
    licence: 'MIT',
    source: 'https://github.com/PramaLLC/BEN2 (README.md, "ONNX support") and https://github.com/danielgatis/rembg',
  },
  {
    id: 'birefnet',
    title: 'BiRefNet, general, portrait and lite, 1024 px',
    task: 'matting',
    input: { ...square(1024), names: ['input_image'], anySide: true, ...imagenet },
    output: { names: ['output_image'], activation: 'sigmoid', whenChances: 'isnet' },
    licence: 'MIT',
    source:
      'https://github.com/ZhengPeng7/BiRefNet and https://github.com/danielgatis/rembg (sessions/birefnet_general.py)',
  },
  {
    id: 'modnet',
    title: 'MODNet, portraits',
    task: 'matting',
    input: {
      ...square(512),
      names: ['input'],
      anySide: true,
      keepShapeMultiple: 32,
      mean: [0.5, 0.5, 0.5],
      deviation: [0.5, 0.5, 0.5],
    },
    output: { names: ['output'], activation: 'none' },
    licence: 'Apache-2.0',
    source: 'https://github.com/ZHKKKe/MODNet (onnx/inference_onnx.py)',
  },
  {
    id: 'rmbg-1.4',
    title: 'BRIA RMBG 1.4',
    task: 'matting',
    input: { ...square(1024), names: ['input'], mean: [0.5, 0.5, 0.5], deviation: [1, 1, 1] },
    output: { names: ['output'], activation: 'min-max' },
    licence: 'bria-rmbg-1.4',
    binds: 'for non-commercial use only; commercial use needs an agreement with BRIA',
    source: 'https://huggingface.co/briaai/RMBG-1.4',
  },
  {
    id: 'rmbg-2.0',
    title: 'BRIA RMBG 2.0',
    task: 'matting',
    input: { ...square(1024), names: ['pixel_values'], ...imagenet },
    output: { names: ['alphas'], activation: 'none' },
    licence: 'CC BY-NC 4.0',
    binds: 'for non-commercial use only; commercial use needs an agreement with BRIA',
    source: 'https://huggingface.co/briaai/RMBG-2.0',
  },
];
