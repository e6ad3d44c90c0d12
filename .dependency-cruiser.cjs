/** The import rules of the house. `npm run check:imports` runs them; `test/import-rules.test.ts` proves that they bite. */
const rooms = 'accounts|audit|credits|tasks|models|engines|kling|media|elements|callbacks';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'ground-knows-no-product',
      comment: 'db, jobs and storage may use lib; nothing above.',
      severity: 'error',
      from: { path: '^src/(db|jobs|storage)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(db|jobs|storage|lib)/' },
    },
    {
      name: 'lib-imports-nothing',
      severity: 'error',
      from: { path: '^src/lib/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(src|client|cli)/', pathNot: '^src/lib/' },
    },
    {
      name: 'rooms-do-not-know-each-other',
      comment:
        'Exceptions: engines and kling may call media; elements may take types of media, kling those of engines.',
      severity: 'error',
      from: { path: `^src/(${rooms})/`, pathNot: '\\.test\\.ts$' },
      to: {
        path: `^src/(${rooms}|flow|http|worker|context|config|main)`,
        pathNot: ['^src/$1/', '^src/(media|engines)/index\\.ts$'],
      },
    },
    {
      name: 'only-kling-knows-engines',
      severity: 'error',
      from: { path: '^src/(accounts|credits|tasks|models|media|elements|callbacks)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/engines/' },
    },
    {
      name: 'kling-takes-types-of-engines',
      comment: 'It stands behind their interface, and is handed in where the engines are opened.',
      severity: 'error',
      from: { path: '^src/kling/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/engines/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'kling-folders-have-an-order',
      comment: 'api, then account, then tasks and voices, then elements, then videos: each knows those before it.',
      severity: 'error',
      from: { path: '^src/kling/(api|account|tasks|voices|elements)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/kling/videos/' },
    },
    {
      name: 'kling-folders-below-elements',
      severity: 'error',
      from: { path: '^src/kling/(api|account|tasks|voices)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/kling/(tasks|voices|elements)/', pathNot: '^src/kling/$1/' },
    },
    {
      name: 'kling-api-stands-alone',
      severity: 'error',
      from: { path: '^src/kling/api/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/kling/', pathNot: '^src/kling/(api/|config\\.ts$)' },
    },
    {
      name: 'only-engines-call-media',
      severity: 'error',
      from: { path: '^src/(accounts|audit|credits|tasks|models|callbacks)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/media/' },
    },
    {
      name: 'elements-take-types-of-media',
      severity: 'error',
      from: { path: '^src/elements/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/media/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'media-stands-on-lib-alone',
      severity: 'error',
      from: { path: '^src/media/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(media|lib)/' },
    },
    {
      name: 'through-the-door-sign',
      comment: 'Into a room or ground only through its index.ts; table types are merged where they stand.',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: `^src/(${rooms}|db|jobs|storage)/`,
        pathNot: ['^src/$1/', '/index\\.ts$', '/config\\.ts$', '/schema\\.ts$'],
      },
    },
    {
      name: 'flow-files-are-siblings',
      severity: 'error',
      from: { path: '^src/flow/(accept|build|conclude|deliver|expire)\\.ts$' },
      to: { path: '^src/flow/(accept|build|conclude|deliver|expire)\\.ts$' },
    },
    {
      name: 'flow-below-doors',
      severity: 'error',
      from: { path: '^src/flow/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(http|worker|main)' },
    },
    {
      name: 'doors-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/(http|worker)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(http|worker|main)', pathNot: '^src/$1/' },
    },
    {
      name: 'clients-through-client',
      severity: 'error',
      from: { path: '^(cli|console)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(src|test|bench)/' },
    },
    {
      name: 'client-stands-alone',
      severity: 'error',
      from: { path: '^client/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(src|cli|test|bench)/' },
    },
    {
      name: 'no-test-code-in-the-program',
      severity: 'error',
      from: { path: '^(src|cli|client)/', pathNot: '(\\.test|conformance)\\.ts$' },
      to: { path: '^(test|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'] },
  },
};
