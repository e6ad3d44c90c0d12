/**
 * Checks what STYLE.md asks and Biome can't see: a docstring on every exported function and class and on all else that a
 * door lets out; the first export on top; no place without an owner; one spelling of color; no path in a document that
 * leads nowhere. With `--json` it prints `["rule: file: name", …]`, for the test that plants a violation of each.
 */

import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { places } from './import-places.mjs';

const trees = ['bench', 'cli', 'client', 'console', 'demo', 'scripts', 'src'];
const prose = ['ARCHITECTURE.md', 'CHANGELOG.md', 'README.md', 'STYLE.md', 'docs', 'test', ...trees];
const doors = [...places.filter(({ door }) => door).map(({ name }) => `src/${name}/index.ts`), 'client/index.ts'];
/** Names that tell nothing; tests and benches have helpers. */
const ownerless = /(?:^|\/)(?:utils?|helpers?|common|services?|managers?|misc|shared)(?:\/|\.[a-z]+$)/;
const otherSpelling = /colou(?=r)/i;
/** A path from the root between backticks, or a link to a file. Patterns (`…`, `*`) name no file. */
const namedPath =
  /`((?:\.ci|bench|bin|cli|client|demo|deploy|docs|migrations|scripts|src|test)\/[\w./-]+)`|\]\((?!\w+:|#)([^)#]+)/g;

const files = await listFiles(trees);
const sources = new Map(
  await Promise.all(
    files
      .filter(
        (file) => /\.(?:tsx?|mjs)$/.test(file) && !/(?:\.test\.ts|\.d\.m?ts)$/.test(file) && file !== 'client/types.ts',
      )
      .map(async (file) => [
        file,
        ts.createSourceFile(file, await readFile(file, 'utf8'), ts.ScriptTarget.Latest, true),
      ]),
  ),
);
const violations = [
  ...listUndocumented(),
  ...listBelowHelpers(),
  ...files.filter((file) => !file.startsWith('bench/') && ownerless.test(file)).map((file) => `no owner: ${file}`),
  ...(await listSpellings()),
  ...(await listLostPaths()),
];
if (process.argv.includes('--json')) process.stdout.write(JSON.stringify(violations));
else for (const violation of violations) process.stderr.write(`${violation}\n`);
process.exitCode = violations.length === 0 || process.argv.includes('--json') ? 0 : 1;

/** Exported functions and classes, and what doors let out, each as `no docstring: file: name`, once. */
function listUndocumented() {
  const callables = [...sources].flatMap(([file, source]) =>
    source.statements
      .filter((one) => isExported(one) && isCallable(one))
      .flatMap((one) => namesOf(one).map((name) => ({ file, name, declarations: declarationsOf(source, name) }))),
  );
  const letOut = doors.flatMap((door) => reexportsOf(door).map(({ from, name }) => findDeclarations(from, name)));
  const bare = [...callables, ...letOut].filter(
    ({ declarations }) => !declarations.some((one) => ts.getJSDocCommentsAndTags(one).length > 0),
  );
  return [...new Set(bare.map(({ file, name }) => `no docstring: ${file}: ${name}`))];
}

/** Functions that only their own file uses and that stand above its first exported one. */
function listBelowHelpers() {
  return [...sources].flatMap(([file, { statements }]) => {
    const first = statements.findIndex((one) => isExported(one) && isCallable(one));
    const helper = statements.slice(0, Math.max(first, 0)).find((one) => ts.isFunctionDeclaration(one));
    return helper === undefined ? [] : [`a helper above the first export: ${file}: ${helper.name?.text}`];
  });
}

async function listSpellings() {
  const texts = (await listFiles(prose)).filter((file) => /\.(?:tsx?|mjs|md)$/.test(file));
  const found = await Promise.all(
    texts.map(async (file) =>
      otherSpelling.test(await readFile(file, 'utf8')) ? [`spelt otherwise: ${file}: color`] : [],
    ),
  );
  return found.flat();
}

/** Files that a document names and that aren't there, by their paths from the root. */
async function listLostPaths() {
  const documents = (await listFiles(['ARCHITECTURE.md', 'README.md', 'STYLE.md', 'docs'])).filter((file) =>
    file.endsWith('.md'),
  );
  const named = await Promise.all(
    documents.map(async (file) =>
      [...(await readFile(file, 'utf8')).matchAll(namedPath)].map(([, path, link]) => ({
        file,
        path: path ?? normalize(join(dirname(file), link)),
      })),
    ),
  );
  const lost = await Promise.all(
    named.flat().map(({ file, path }) =>
      access(path).then(
        () => [],
        () => [`no such file: ${file}: ${path}`],
      ),
    ),
  );
  return [...new Set(lost.flat())];
}

/** The declarations of what a file lets out under a name, through as many `index.ts` as there are. */
function findDeclarations(file, name) {
  const source = sources.get(file);
  const declarations = declarationsOf(source, name);
  if (declarations.length > 0) return { file, name, declarations };
  const inner = reexportsOf(file).find((one) => one.as === name);
  return findDeclarations(inner.from, inner.name);
}

function reexportsOf(file) {
  return sources
    .get(file)
    .statements.filter((one) => ts.isExportDeclaration(one) && one.moduleSpecifier !== undefined)
    .flatMap(({ moduleSpecifier, exportClause }) =>
      exportClause.elements.map(({ name, propertyName }) => ({
        from: normalize(join(dirname(file), moduleSpecifier.text)),
        name: (propertyName ?? name).text,
        as: name.text,
      })),
    );
}

function declarationsOf(source, name) {
  return source.statements.filter((one) => isExported(one) && namesOf(one).includes(name));
}

function namesOf(statement) {
  if (!ts.isVariableStatement(statement)) return statement.name === undefined ? [] : [statement.name.text];
  return statement.declarationList.declarations.map(({ name }) => name.getText());
}

function isExported(statement) {
  return statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function isCallable(statement) {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return true;
  return (
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.some(({ initializer }) => initializer && ts.isArrowFunction(initializer))
  );
}

/** All files at or below the paths, sorted; fixtures and what was installed left out. */
async function listFiles(paths) {
  const listed = await Promise.all(
    paths.map(async (path) =>
      /\.[a-z]+$/.test(path)
        ? [path]
        : (await readdir(path, { recursive: true, withFileTypes: true }))
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name)),
    ),
  );
  return listed
    .flat()
    .filter((file) => !/(?:^|\/)(?:fixtures|node_modules)\//.test(file))
    .sort();
}
