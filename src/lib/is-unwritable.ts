/** What a file system says once it is mounted read-only, or its disk, its mount or its owner has gone wrong. */
const codes = new Set(['EROFS', 'EIO', 'EFBIG', 'ESTALE', 'EACCES', 'EPERM']);

/** Node's names of calls on files and folders, apart from those of sockets and programs. */
const fileCalls =
  /^(?:open|read|write|writev|close|mkdir|mkdtemp|rename|copyfile|link|unlink|rm|rmdir|f?truncate|fsync|fdatasync|f?utimes?|f?chmod|l?stat|scandir|opendir)$/;

/**
 * Whether a file of this server could not be read or written for a fault of its disk or folder: nothing that was asked can be
 * blamed, and it goes well again once an operator has mended that. A full disk is `isOutOfRoom`.
 */
export function isUnwritable(error: unknown): boolean {
  const { code, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown };
  // Only of a file; from a child process it comes without its call.
  if (code === 'EROFS') return true;
  return codes.has(String(code)) && fileCalls.test(String(syscall));
}
