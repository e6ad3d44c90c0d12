import { existsSync } from 'node:fs';

/** Where Linux looks for the loader that programs made for glibc name in their header (glibc's ABI lists). */
const loaders: Readonly<Record<string, string>> = {
  x64: '/lib64/ld-linux-x86-64.so.2',
  arm64: '/lib/ld-linux-aarch64.so.1',
};

/**
 * Throws an Error with the remedy where the system can't load programs made for glibc, as Alpine with its musl: a start of one fails
 * with ENOENT there, as if its file were missing.
 */
export function checkLoader(
  { platform, arch }: Pick<NodeJS.Process, 'platform' | 'arch'> = process,
  isThere: (path: string) => boolean = existsSync,
): void {
  const loader = platform === 'linux' ? loaders[arch] : undefined;
  if (loader === undefined || isThere(loader)) return;
  throw new Error(
    `the PostgreSQL that npm brings is made for glibc, and this system has none (there is no ${loader}; Alpine has musl): use a system such as ` +
      'Debian, Ubuntu or Fedora, or name a PostgreSQL server in DATABASE_URL',
  );
}
