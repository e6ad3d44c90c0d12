export interface TlsSessions {
  find(host: string, port: number): Buffer | undefined;
  keep(host: string, port: number, session: Buffer): void;
}

/** Origins remembered; the one without a handshake for the longest is forgotten first. A session is about 2 kB. */
const originsMax = 500;

/**
 * Remembers the newest TLS session of each host and port, so that a later connection saves the key exchange. undici's
 * own store holds sessions by weak references only, which the next collection empties.
 */
export function createTlsSessions(): TlsSessions {
  const sessions = new Map<string, Buffer>();
  function keep(host: string, port: number, session: Buffer): void {
    const key = `${host}:${port}`;
    sessions.delete(key);
    sessions.set(key, session);
    const [oldest] = sessions.keys();
    if (sessions.size > originsMax && oldest !== undefined) sessions.delete(oldest);
  }
  return { keep, find: (host, port) => sessions.get(`${host}:${port}`) };
}
