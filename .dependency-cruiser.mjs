import { places } from './scripts/import-places.mjs';

/**
 * The import rules of the house, made from `scripts/import-places.mjs`: one for each pair of places of which the first
 * may not import the second, named `<first> to <second>`. `npm run check:imports` runs them.
 */
const tests = '\\.test\\.ts$';

const ofPlace = ({ path, not }) => ({ path: `^${path}`, pathNot: [tests, ...(not ? [`^${not}`] : [])] });

const pairs = places.flatMap((from) =>
  places
    .filter((to) => to !== from && !from.may.includes(to.name))
    .map((to) => ({
      name: `${from.name} to ${to.name}`,
      severity: 'error',
      from: ofPlace(from),
      to: {
        ...ofPlace(to),
        ...(from.mayTakeTypesOf?.includes(to.name) ? { dependencyTypesNot: ['type-only'] } : {}),
      },
    })),
);

/** Files of a place behind a door; layers of a room stand behind the room's. */
const behind = ({ name }) => `^src/${name}/`;

const doors = places
  .filter(({ door }) => door)
  .map((place) => ({
    name: `past the door of ${place.name}`,
    comment: 'Into a room or ground through index.ts; config.ts is open to the wiring, schema.ts to the http door.',
    severity: 'error',
    from: { path: '^(src|cli|client|console|demo)/', pathNot: [tests, behind(place)] },
    to: { path: behind(place), pathNot: [`${behind(place)}(index|config|schema)\\.ts$`] },
  }));

export default {
  forbidden: [
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    ...pairs,
    ...doors,
    {
      name: 'config for the wiring alone',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: [tests] },
      to: { path: '^src/[^/]+/config\\.ts$', pathNot: ['^src/$1/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'schema for the http door alone',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: [tests, '^src/http/'] },
      to: { path: '^src/[^/]+/schema\\.ts$', pathNot: ['^src/$1/'] },
    },
    {
      name: 'steps of the flow are siblings',
      severity: 'error',
      from: { path: '^src/flow/(accept|build|conclude|deliver|expire)\\.ts$' },
      to: { path: '^src/flow/(accept|build|conclude|deliver|expire)\\.ts$' },
    },
    {
      name: 'no test code in the program',
      severity: 'error',
      from: { path: '^(src|cli|client|console|demo)/', pathNot: [tests] },
      to: { path: ['^(test|bench|scripts)/', tests] },
    },
    {
      name: 'every file has a place',
      severity: 'error',
      from: { path: '^(src|cli|client|console|demo)/', pathNot: places.map(({ path }) => `^${path}`) },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'] },
  },
};
