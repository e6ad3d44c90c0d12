/**
 * Checks who imports whom: the rules of `.dependency-cruiser.mjs`, and that no folders form a circle. Run with
 * `--json` it prints `{modules, violations: ["rule: file → file", …]}`, for the test that plants violations.
 */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cruise } from 'dependency-cruiser';
import { findFolderCircles } from './find-folder-circles.mjs';

const roots = ['src', 'cli', 'client', 'console', 'demo'];
const { default: rules } = await import(pathToFileURL(join(process.cwd(), '.dependency-cruiser.mjs')).href);
const { forbidden, options } = rules;
const { output } = await cruise(roots, { ...options, ruleSet: { forbidden }, validate: true }, undefined, {
  tsConfig: { options: {} },
});

const edges = output.modules
  .filter(({ source }) => !source.endsWith('.test.ts'))
  .flatMap(({ source, dependencies }) => dependencies.map(({ resolved }) => [source, resolved]))
  .filter((edge) => edge.every((file) => roots.some((root) => file.startsWith(`${root}/`))));
const violations = [
  ...output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  ...findFolderCircles(edges).map((circle) => `folders form a circle: ${circle.join(', ')}`),
];
if (process.argv.includes('--json')) {
  process.stdout.write(JSON.stringify({ modules: output.summary.totalCruised, violations }));
} else {
  for (const violation of violations) process.stderr.write(`${violation}\n`);
  const { totalCruised, totalDependenciesCruised } = output.summary;
  if (violations.length === 0) {
    process.stdout.write(`${totalCruised} modules, ${totalDependenciesCruised} imports, all as the rules want them\n`);
  }
  process.exitCode = violations.length === 0 ? 0 : 1;
}
