/** An error of listening at an address, in one sentence with the remedy; `setting` is the port's. Any other as it is. */
export function explainListen(
  error: unknown,
  { host, port, setting }: { host: string; port: number; setting: string },
): unknown {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  switch (code) {
    case 'EADDRINUSE':
      return explained(
        error,
        `port ${port} of ${host} is taken, by another start of this server perhaps: stop that, or set ${setting} to another, or to 0`,
      );
    case 'EACCES':
      return explained(
        error,
        `port ${port} needs rights that this user hasn't: set ${setting} to one above 1023 and put a proxy before it`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EINVAL':
      if (syscall !== 'listen' && syscall !== 'getaddrinfo') return error;
      return explained(
        error,
        `HOST=${host} is no address of this machine: set it to one, such as 127.0.0.1, or to 0.0.0.0 for all`,
      );
    default:
      return error;
  }
}

function explained(cause: unknown, words: string): Error {
  return new Error(`${words} (${(cause as NodeJS.ErrnoException).code})`, { cause });
}
