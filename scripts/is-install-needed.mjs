/**
 * Whether `node_modules` must be installed (anew) before anything of the project can run: `null` when it holds what the
 * lock file asks for, else the reason in a few words. Pure, so that it can be tested without an installation.
 *
 * Compares the versions that npm noted in `node_modules/.package-lock.json` with the lock file's, not file times: a
 * checkout of another branch sets times at will. npm writes that note last, so an installation that was cut off has none.
 *
 * @param {string} lockFile text of package-lock.json
 * @param {string | null} installed text of node_modules/.package-lock.json, null when there is none
 * @param {boolean} hasNode whether node_modules/.bin/node can be run
 * @returns {string | null}
 */
export function isInstallNeeded(lockFile, installed, hasNode) {
  if (installed === null) return 'first run';
  if (!hasNode) return 'the pinned Node.js is missing';
  const there = parsePackages(installed);
  if (there === null) return 'the last installation was cut off';
  for (const [path, wanted] of Object.entries(parsePackages(lockFile) ?? {})) {
    if (path === '') continue;
    const found = there[path];
    // Packages of other platforms are optional and stay away.
    if (found === undefined ? !wanted.optional : found.version !== wanted.version) return 'dependencies have changed';
  }
  return null;
}

function parsePackages(text) {
  try {
    return JSON.parse(text).packages ?? null;
  } catch {
    return null;
  }
}
