import type { FaceArchitecture } from '../architecture.ts';

const yunetSide = 640;
const yunetStrides = [8, 16, 32] as const;
const yunetOutputs = (name: string, values: number) =>
  yunetStrides.map((stride) => ({ names: [`${name}_${stride}`], shape: [1, (yunetSide / stride) ** 2, values] }));

const ultraface = {
  task: 'faces',
  decoder: 'ultraface',
  scoreMin: 0.7,
  overlapMax: 0.3,
  licence: 'MIT',
  source: 'https://github.com/Linzaer/Ultra-Light-Fast-Generic-Face-Detector-1MB',
} as const;
const ultrafaceColors = {
  mean: [127 / 255, 127 / 255, 127 / 255],
  deviation: [128 / 255, 128 / 255, 128 / 255],
} as const;

export const faceArchitectures: readonly FaceArchitecture[] = [
  {
    id: 'yunet',
    title: 'YuNet 2023, 640 px',
    task: 'faces',
    // Bytes 0…255 as they are, in OpenCV's order.
    input: {
      layout: 'NCHW',
      width: yunetSide,
      height: yunetSide,
      fit: 'letterbox',
      channels: 'bgr',
      mean: [0, 0, 0],
      deviation: [1 / 255, 1 / 255, 1 / 255],
    },
    decoder: 'yunet',
    outputs: [...yunetOutputs('cls', 1), ...yunetOutputs('obj', 1), ...yunetOutputs('bbox', 4)],
    scoreMin: 0.8,
    overlapMax: 0.3,
    licence: 'MIT',
    source:
      'https://github.com/opencv/opencv_zoo (models/face_detection_yunet) and OpenCV (objdetect/src/face_detect.cpp)',
  },
  {
    ...ultraface,
    id: 'ultraface-320',
    title: 'UltraFace RFB and slim, 320 × 240',
    input: { layout: 'NCHW', width: 320, height: 240, fit: 'letterbox', channels: 'rgb', ...ultrafaceColors },
    outputs: [
      { names: ['scores'], shape: [1, 4420, 2] },
      { names: ['boxes'], shape: [1, 4420, 4] },
    ],
  },
  {
    ...ultraface,
    id: 'ultraface-640',
    title: 'UltraFace RFB and slim, 640 × 480',
    input: { layout: 'NCHW', width: 640, height: 480, fit: 'letterbox', channels: 'rgb', ...ultrafaceColors },
    outputs: [
      { names: ['scores'], shape: [1, 17_640, 2] },
      { names: ['boxes'], shape: [1, 17_640, 4] },
    ],
  },
  {
    id: 'blazeface',
    title: 'BlazeFace short range, 128 px, faces within two metres',
    task: 'faces',
    input: {
      layout: 'NCHW',
      width: 128,
      height: 128,
      fit: 'letterbox',
      channels: 'rgb',
      mean: [0.5, 0.5, 0.5],
      deviation: [0.5, 0.5, 0.5],
    },
    decoder: 'blazeface',
    outputs: [
      { names: ['regressors', 'r'], shape: [1, 896, 16] },
      { names: ['classificators', 'c'], shape: [1, 896, 1] },
    ],
    scoreMin: 0.75,
    overlapMax: 0.3,
    licence: 'Apache-2.0',
    source: 'https://github.com/google-ai-edge/mediapipe and https://github.com/hollance/BlazeFace-PyTorch',
  },
];
