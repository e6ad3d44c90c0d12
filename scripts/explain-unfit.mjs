import { existsSync } from 'node:fs';

/** Where Linux looks for the loader that programs made for glibc name in their header (glibc's ABI lists). */
const loaders = { x64: '/lib64/ld-linux-x86-64.so.2', arm64: '/lib/ld-linux-aarch64.so.1' };

/**
 * Why this project can't run on a system, in a sentence with the remedy, or `null`. The Node.js and the PostgreSQL that npm brings
 * are made for glibc; where there is none, a start of them fails with "not found", as if their files were missing.
 *
 * @param {{ platform: string, arch: string }} system such as `process`
 * @param {(path: string) => boolean} isThere
 * @returns {string | null}
 */
export function explainUnfit({ platform, arch }, isThere = existsSync) {
  const loader = platform === 'linux' ? loaders[arch] : undefined;
  if (loader === undefined || isThere(loader)) return null;
  return `The Node.js and the PostgreSQL that npm brings are made for glibc, and this system has none (there is no ${loader}; Alpine has musl). Use a system such as Debian, Ubuntu or Fedora, or an image made from one, such as node:24-bookworm-slim.`;
}
