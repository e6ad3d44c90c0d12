/**
 * The places of the tree, lowest first, and what each MAY import beside its own files; whatever isn't named fails. The rules
 * of `.dependency-cruiser.mjs`, the table in ARCHITECTURE.md and the violations that `test/import-rules.test.ts` plants
 * all come from this list.
 *
 * `path`: what the place is, as a regular expression of paths from the root, without the leading `^`.
 * `may`: names of places. `mayTakeTypesOf`: names of places of which only types may be imported.
 * `door`: true where others get in through `index.ts` alone (`config.ts` is open to the wiring, which joins all settings).
 */
const folder = (path) => `${path}/`;

const ground = [
  { name: 'lib', path: folder('src/lib'), may: [] },
  { name: 'db', path: folder('src/db'), may: ['lib'], door: true },
  { name: 'jobs', path: folder('src/jobs'), may: ['lib', 'db'], door: true },
  { name: 'storage', path: folder('src/storage'), may: ['lib', 'db'], door: true },
  { name: 'metrics', path: folder('src/metrics'), may: [], door: true },
  { name: 'tracing', path: folder('src/tracing'), may: ['lib'], door: true },
];

/** The layers inside `media`, lowest first: each knows those below it that it names. */
const media = [
  {
    name: 'media/base',
    path: 'src/media/(schema|mending-schema|sources|errors|config|progress|sniff-format|sniff-media-type)\\.ts$',
    may: ['lib'],
  },
  { name: 'media/raster', path: folder('src/media/raster'), may: [] },
  { name: 'media/voice', path: folder('src/media/voice'), may: [] },
  { name: 'media/image', path: folder('src/media/image'), may: ['lib', 'media/base', 'media/raster'] },
  { name: 'media/video', path: folder('src/media/video'), may: ['lib', 'media/base', 'media/raster', 'media/voice'] },
  { name: 'media/subject', path: folder('src/media/subject'), may: ['media/base', 'media/raster'] },
  { name: 'media/networks', path: folder('src/media/networks'), may: ['media/raster'] },
  { name: 'media/plugins', path: folder('src/media/plugins'), may: ['lib', 'media/raster'] },
  {
    name: 'media/inspect',
    path: folder('src/media/inspect'),
    may: ['media/base', 'media/raster', 'media/image', 'media/video'],
  },
  {
    name: 'media/views',
    path: folder('src/media/views'),
    may: [
      'lib',
      'media/base',
      'media/raster',
      'media/image',
      'media/video',
      'media/voice',
      'media/subject',
      'media/networks',
      'media/plugins',
    ],
  },
  {
    name: 'media/animatic',
    path: folder('src/media/animatic'),
    may: ['lib', 'media/base', 'media/raster', 'media/image', 'media/video', 'media/subject'],
  },
  {
    name: 'media/child',
    path: folder('src/media/child'),
    may: [
      'lib',
      'media/base',
      'media/raster',
      'media/image',
      'media/video',
      'media/networks',
      'media/plugins',
      'media/inspect',
      'media/views',
      'media/animatic',
    ],
  },
  {
    name: 'media/encoder-choice',
    path: folder('src/media/encoder-choice'),
    may: ['lib', 'media/base', 'media/animatic', 'media/child'],
  },
  {
    name: 'media',
    path: 'src/media/[^/]+\\.ts$',
    not: 'src/media/(schema|mending-schema|sources|errors|config|progress|sniff-format|sniff-media-type)\\.ts$',
    may: [
      'lib',
      'media/base',
      'media/image',
      'media/video',
      'media/networks',
      'media/plugins',
      'media/inspect',
      'media/animatic',
      'media/child',
      'media/encoder-choice',
    ],
    door: true,
  },
];

/** Inside `engines`: the interface, those who stand behind it on this machine, and what opens and chooses them. */
const engineInterface =
  'src/engines/(element-engine|video-engine|vendor|records|schema|errors|config|summarize-manifest)\\.ts$';
const engines = [
  { name: 'engines/interface', path: engineInterface, may: ['lib', 'db', 'media'] },
  ...['local', 'animatic', 'nothing'].map((name) => ({
    name: `engines/${name}`,
    path: folder(`src/engines/${name}`),
    may: ['lib', 'media', 'engines/interface'],
  })),
  {
    name: 'engines',
    path: folder('src/engines'),
    not: `(src/engines/[^/]+/|${engineInterface})`,
    may: ['lib', 'db', 'media', 'engines/interface', 'engines/local', 'engines/animatic', 'engines/nothing'],
    door: true,
  },
];

/** The folders inside `kling`, lowest first: each knows those before it. */
const klingBase = 'src/kling/(config|account-entries|tables|errors)\\.ts$';
const klingOrder = ['api', 'account', 'tasks', 'voices', 'elements', 'videos', 'images'];
const klingOf = { tasks: ['api', 'account'], voices: ['api', 'account'] };
const klingGround = ['lib', 'db', 'media', 'kling/base'];
const kling = [
  { name: 'kling/base', path: klingBase, may: ['lib', 'db', 'kling/api'], mayTakeTypesOf: ['engines'] },
  ...klingOrder.map((name, at) => ({
    name: `kling/${name}`,
    path: folder(`src/kling/${name}`),
    may: [...klingGround, ...(klingOf[name] ?? klingOrder.slice(0, at)).map((one) => `kling/${one}`)],
    mayTakeTypesOf: ['engines', 'tracing'],
  })),
  {
    name: 'kling',
    path: folder('src/kling'),
    not: `(src/kling/[^/]+/|${klingBase})`,
    may: [...klingGround, ...klingOrder.map((one) => `kling/${one}`)],
    mayTakeTypesOf: ['engines', 'tracing'],
    door: true,
  },
];

const rooms = [
  ...['accounts', 'audit', 'credits', 'tasks', 'callbacks', 'files', 'pages'].map((name) => ({
    name,
    path: folder(`src/${name}`),
    may: ['lib', 'db'],
    door: true,
  })),
  { name: 'models', path: folder('src/models'), may: ['lib'], door: true },
  ...media,
  { name: 'elements', path: folder('src/elements'), may: ['lib', 'db'], mayTakeTypesOf: ['media'], door: true },
  ...engines,
  ...kling,
];

const roomNames = rooms.map(({ name }) => name).filter((name) => !name.includes('/'));
const groundNames = ground.map(({ name }) => name);

export const places = [
  ...ground,
  ...rooms,
  { name: 'doctor', path: folder('src/doctor'), may: ['lib', 'db', 'storage', 'media', 'kling'], door: true },
  {
    name: 'flow',
    path: folder('src/flow'),
    may: [...groundNames, ...roomNames.filter((name) => name !== 'kling')],
    mayTakeTypesOf: ['media/base', 'doctor'],
    door: true,
  },
  {
    name: 'http',
    path: folder('src/http'),
    may: ['lib', 'flow', 'doctor', 'engines/interface', ...roomNames],
    mayTakeTypesOf: ['kling/base', 'tracing'],
  },
  { name: 'worker', path: folder('src/worker'), may: ['lib', 'jobs', 'flow', 'tasks', 'callbacks'] },
  {
    name: 'commands',
    path: folder('src/commands'),
    may: [...groundNames, ...roomNames, 'flow', 'doctor', 'wiring', 'cli'],
  },
  {
    name: 'wiring',
    path: 'src/[^/]+\\.ts$',
    may: [
      ...groundNames,
      ...roomNames,
      'media/base',
      'kling/base',
      'engines/interface',
      'flow',
      'doctor',
      'http',
      'worker',
      'commands',
      'cli',
    ],
  },
  { name: 'client', path: folder('client'), may: [] },
  { name: 'cli', path: folder('cli'), may: ['client'] },
  { name: 'console', path: folder('console'), may: ['client'] },
  { name: 'demo', path: folder('demo'), may: ['client', 'cli'] },
];
