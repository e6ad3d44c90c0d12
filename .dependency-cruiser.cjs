/** The import rules of the house. `npm run check:imports` runs them; `test/import-rules.test.ts` proves that they bite. */
const rooms = 'accounts|credits|tasks|models|engines|media|elements|callbacks';

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
      comment: 'Exceptions: engines may call media; elements may take types of media.',
      severity: 'error',
      from: { path: `^src/(${rooms})/`, pathNot: '\\.test\\.ts$' },
      to: {
        path: `^src/(${rooms}|flow|http|worker|context|config|main)`,
        pathNot: ['^src/$1/', '^src/media/index\\.ts$'],
      },
    },
    {
      name: 'only-engines-call-media',
      severity: 'error',
      from: { path: '^src/(accounts|credits|tasks|models|callbacks)/', pathNot: '\\.test\\.ts$' },
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
