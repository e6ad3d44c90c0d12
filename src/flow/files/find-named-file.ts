import { isFileId } from '../../files/index.ts';
import { showValue } from '../../lib/show-value.ts';
import type { Context } from '../context.ts';
import { fileIdOfKey } from '../storage/file-keys.ts';
import { downloadKey } from './show-file.ts';

/** A stored file in the place of a URL, or why the text is neither; as the check of a URL answers. */
export type NamedFileVerdict =
  | { ok: true; file: { file_id: string; by: 'id' | 'link' } }
  | { ok: false; message: string };

/**
 * What `text` says of a stored file: `file:FILE_ID`, or one of this server's own links, whatever name the server was called
 * by: the signature proves it. Null for any other text, which is a URL like others or none. Asks nobody.
 */
export function findNamedFile(
  { links, clock }: Pick<Context, 'links' | 'clock'>,
  text: string,
): NamedFileVerdict | null {
  const given = text.trim();
  const [, id] = /^file:(?!\/)(.*)$/is.exec(given) ?? [];
  if (id !== undefined) {
    if (isFileId(id)) return { ok: true, file: { file_id: id, by: 'id' } };
    return { ok: false, message: `must name a stored file like file:file_…, names ${showValue(id)}` };
  }
  const parts = given.length <= linkLengthMax ? readLink(given) : null;
  const verdict = parts === null ? null : links.verify(parts, clock.now());
  if (verdict === null || verdict.kind === 'forged') return null;
  if (verdict.kind === 'expired') return { ok: false, message: 'is a link of this server that has ended' };
  return { ok: true, file: { file_id: fileIdOfKey(verdict.key), by: 'link' } };
}

/** Characters; a public address with a path of its own is shorter. */
const linkLengthMax = 2048;

/** What `Links.verify` takes of a URL that looks like one of ours. */
function readLink(text: string): { expires: string; signature: string; name: string } | null {
  const url = /^https?:/i.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (url === null) return null;
  const [, expires, signature, name] = /\/files\/(\d{1,15})\/([\w-]{43})\/(files~[\w.-]+)$/.exec(url.pathname) ?? [];
  if (expires && signature && name) return { expires, signature, name };
  const [, id] = /\/api\/v1\/files\/download\/(file_[a-z0-9]+)$/.exec(url.pathname) ?? [];
  if (id === undefined) return null;
  const query = url.searchParams;
  return {
    expires: query.get('expires') ?? '',
    signature: query.get('signature') ?? '',
    name: downloadKey(id).replaceAll('/', '~'),
  };
}
