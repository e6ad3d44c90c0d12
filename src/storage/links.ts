import { createHmac, timingSafeEqual } from 'node:crypto';

/** What following a link comes to. */
type LinkVerdict = { kind: 'good'; key: string; expiresAt: Date } | { kind: 'expired' } | { kind: 'forged' };

/** Links to stored files that can't be guessed and end at a fixed time. */
export interface Links {
  /** The absolute path of a link to `key` that is good until `expiresAt`, by whole seconds. The same input, the same link. */
  sign(key: string, expiresAt: Date): string;
  /** Judges the parts of such a path. */
  verify(parts: { expires: string; signature: string; name: string }, now: Date): LinkVerdict;
}

/**
 * `/files/<Unix seconds>/<HMAC-SHA256 of "seconds\nname", base64url>/<name>`, where the name is the key with `~` for `/`:
 * keys hold no `~`, and a client that names its copy after the last part of a link gets the right ending. `secret` has 32
 * bytes or more.
 */
export function createLinks(secret: Uint8Array): Links {
  const compute = (expires: string, name: string) =>
    createHmac('sha256', secret).update(`${expires}\n${name}`).digest('base64url');
  return {
    sign(key, expiresAt) {
      const expires = String(Math.floor(expiresAt.getTime() / 1000));
      const name = key.replaceAll('/', '~');
      return `/files/${expires}/${compute(expires, name)}/${name}`;
    },
    verify({ expires, signature, name }, now) {
      const wanted = Buffer.from(compute(expires, name));
      const given = Buffer.from(signature);
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return { kind: 'forged' };
      const expiresAt = new Date(Number(expires) * 1000);
      return expiresAt <= now ? { kind: 'expired' } : { kind: 'good', key: name.replaceAll('~', '/'), expiresAt };
    },
  };
}
