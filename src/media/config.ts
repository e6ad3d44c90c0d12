import {
  choiceSetting,
  decimalSetting,
  integerSetting,
  optionalTextSetting,
  type Section,
  type SectionValues,
} from '../lib/settings.ts';

/**
 * The media rules of the public contract are defaults here, each with its source; the rest are our own limits against
 * hostile files (decision 0031) and the sizes of what is made.
 */
export const section = {
  imageSideMinPx: integerSetting(
    'TROUPE_IMAGE_SIDE_MIN_PX',
    300,
    { min: 1, max: 10_000 },
    'Least width and height of a reference image, in pixels after EXIF orientation; contract: 300',
  ),
  imageRatioMax: decimalSetting(
    'TROUPE_IMAGE_RATIO_MAX',
    2.5,
    { min: 1, max: 100 },
    'Largest ratio of the longer to the shorter side of a reference image; contract: 2.5',
  ),
  imageBytesMax: integerSetting(
    'TROUPE_IMAGE_BYTES_MAX',
    10 * 1024 * 1024,
    { min: 1024, max: 1024 ** 3 },
    'Largest reference image file in bytes; contract: 10 MB',
  ),
  imagePixelsMax: integerSetting(
    'TROUPE_IMAGE_PIXELS_MAX',
    // Cameras of telephones end at 16,384 × 12,288 (201 million), those of studios at 11,648 × 8,736.
    210_000_000,
    { min: 90_000, max: 268_000_000 },
    'Largest width × height of a reference image in pixels, checked before decoding; our own limit, above what cameras make',
  ),
  videoDurationMaxSeconds: decimalSetting(
    'TROUPE_VIDEO_DURATION_MAX_SECONDS',
    8,
    { min: 0.1, max: 600 },
    'Longest reference video in seconds; contract: 8',
  ),
  videoWidthMinPx: integerSetting(
    'TROUPE_VIDEO_WIDTH_MIN_PX',
    720,
    { min: 16, max: 8192 },
    'Least displayed width of a reference video in pixels; contract: 720',
  ),
  videoWidthMaxPx: integerSetting(
    'TROUPE_VIDEO_WIDTH_MAX_PX',
    2160,
    { min: 16, max: 8192 },
    'Largest displayed width of a reference video in pixels; contract: 2160',
  ),
  videoBytesMax: integerSetting(
    'TROUPE_VIDEO_BYTES_MAX',
    100 * 1024 * 1024,
    { min: 1024, max: 8 * 1024 ** 3 },
    'Largest reference video file in bytes; contract: 100 MB',
  ),
  videoPixelsMax: integerSetting(
    'TROUPE_VIDEO_PIXELS_MAX',
    4096 * 2160,
    { min: 10_000, max: 100_000_000 },
    'Largest width × height of one video frame in pixels, checked before decoding; our own limit',
  ),
  uprightSideMaxPx: integerSetting(
    'TROUPE_UPRIGHT_SIDE_MAX_PX',
    2048,
    { min: 512, max: 8192 },
    'Longer side of the upright pictures of an element in pixels; larger sources are scaled down, smaller ones kept',
  ),
  cutoutSideMaxPx: integerSetting(
    'TROUPE_CUTOUT_SIDE_MAX_PX',
    1536,
    { min: 512, max: 8192 },
    'Longer side in pixels of the pictures that the subject is cut out of; never more than the upright pictures have',
  ),
  clipFrames: integerSetting(
    'TROUPE_CLIP_FRAMES',
    4,
    { min: 1, max: 12 },
    'Frames kept of a reference video; one of them becomes the frontal image',
  ),
  ffmpeg: optionalTextSetting(
    'TROUPE_FFMPEG',
    "The ffmpeg program that decodes video: a path, or 'node-av' for the npm package of that name. Unset: ffmpeg from PATH, else node-av",
  ),
  videoEncoder: choiceSetting(
    'TROUPE_VIDEO_ENCODER',
    'auto',
    ['auto', 'ffmpeg', 'node-av'],
    'What encodes animatics; auto: what TROUPE_FFMPEG names, and without that the quicker of ffmpeg and the npm package node-av, compared once after the first animatic',
  ),
  childCount: integerSetting(
    'TROUPE_MEDIA_CHILDREN',
    0,
    { min: 0, max: 256 },
    'Child processes that decode media, one job each; 0 means one for each processor core',
  ),
  childMemoryMib: integerSetting(
    'TROUPE_MEDIA_MEMORY_MIB',
    512,
    { min: 192, max: 65_536 },
    'Resident memory in MiB at which a media child process is killed, and 96 more with TROUPE_THINGS_NETWORK; a 4k animatic may take twice as much',
  ),
  childStallSeconds: decimalSetting(
    'TROUPE_MEDIA_STALL_SECONDS',
    10,
    { min: 0.1, max: 600 },
    'Seconds of processor time without a finished step after which a media child process is killed',
  ),
  buildSeconds: decimalSetting(
    'TROUPE_MEDIA_BUILD_SECONDS',
    60,
    { min: 0.1, max: 3600 },
    'Seconds of processor time one element may take in a media child process before it is killed',
  ),
  renderSeconds: decimalSetting(
    'TROUPE_MEDIA_RENDER_SECONDS',
    600,
    { min: 1, max: 7200 },
    'Seconds of processor time one animatic may take in a media child process before it is killed',
  ),
  clockFactor: integerSetting(
    'TROUPE_MEDIA_CLOCK_FACTOR',
    30,
    { min: 1, max: 1000 },
    'How many times as long by the clock a media child process may take as in processor time, before it is taken for one that waits for ever; a machine that does other things gives it a small share',
  ),
  childStartSeconds: decimalSetting(
    'TROUPE_MEDIA_START_SECONDS',
    300,
    { min: 0.1, max: 3600 },
    'Seconds by the clock that a media child process may take to start; no fault of a file',
  ),
  childIdleSeconds: decimalSetting(
    'TROUPE_MEDIA_IDLE_SECONDS',
    60,
    { min: 0, max: 3600 },
    'Seconds an idle media child process is kept for the next job',
  ),
  mendingIdleSeconds: decimalSetting(
    'TROUPE_MENDING_IDLE_SECONDS',
    300,
    { min: 0, max: 3600 },
    'Seconds that the process which mends cut-outs keeps the pictures it has prepared after the last stroke',
  ),
  peopleNetworks: choiceSetting(
    'TROUPE_PEOPLE_NETWORKS',
    'auto',
    ['auto', 'off'],
    'The two small networks that know people, from optional packages: auto uses them where they are installed',
  ),
  thingsNetwork: choiceSetting(
    'TROUPE_THINGS_NETWORK',
    'on',
    ['on', 'off'],
    'The small network that knows things, which helps to cut toys, animals and products out unless a matting model was added',
  ),
  compareFaces: choiceSetting(
    'TROUPE_COMPARE_FACES',
    'off',
    ['off', 'on'],
    'Whether faces are compared to tell whether all pictures of a person show the same one: biometric data, though never kept. Needs the npm package @vladmandic/face-api',
  ),
  onnxRuntime: choiceSetting(
    'TROUPE_ONNX_RUNTIME',
    'auto',
    ['auto', 'onnxruntime-node', 'onnxruntime-web'],
    'npm package that runs added models; auto takes the first of the two that is installed',
  ),
  modelMemoryMib: integerSetting(
    'TROUPE_MODEL_MEMORY_MIB',
    4096,
    { min: 64, max: 262_144 },
    'Memory in MiB that one model may need; each child process may have what its models needed when they were added on top of TROUPE_MEDIA_MEMORY_MIB',
  ),
} satisfies Section;

/** Limits and programs of this room, as read from the environment. */
export type MediaSettings = SectionValues<typeof section>;
