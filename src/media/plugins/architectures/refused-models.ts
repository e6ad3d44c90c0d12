/**
 * Well-known models that this program has no reader for, because their licence reaches those who run or serve them. Named
 * so that an operator learns the reason from us and not from a lawyer.
 */
export const refusedModels: Readonly<Record<string, string>> = {
  'yolov8-face':
    'YOLOv8 and its face weights are AGPL-3.0: serving them over a network obliges to publish the whole server',
  'yolov5-face': 'YOLOv5-face is GPL-3.0',
  scrfd: 'the InsightFace weights (SCRFD, buffalo) are for non-commercial research only',
  arcface: 'the InsightFace weights (ArcFace, buffalo) are for non-commercial research only',
  rvm: 'Robust Video Matting is GPL-3.0',
  dinov3: 'the DINOv3 licence has terms of its own on use and export',
};
