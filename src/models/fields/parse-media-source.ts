import { parseBase64 } from '../../lib/parse-base64.ts';
import { isDataUrl, parseDataUrl } from '../../lib/parse-data-url.ts';
import { refuse } from '../errors.ts';

/** What a picture or clip of a request is there for. */
export type MediaRole =
  | 'frontal_image'
  | 'refer_image'
  | 'refer_video'
  | 'image_start'
  | 'image_end'
  | 'reference_image'
  | 'reference_video';

/** One reference image or video: where it is, or its bytes when they came with the request. */
export type MediaSource = { role: MediaRole /** Path of the request field. */; param: string } & (
  | { /** Normalised, without fragment. */ url: string }
  | NamedFile
  | { /** Decoded, not yet looked into. */ inline: Buffer }
);

/**
 * A file that is kept on this server. A signed link proves by itself that its bearer may read it, whosever it is; `program` is what this
 * server itself asks with, for what it keeps beside callers' files.
 */
interface NamedFile {
  file_id: string;
  by: 'id' | 'link' | 'program';
}

/** `message` is a predicate without subject: `must use http or https, uses ftp`. */
export type UrlCheck = (
  text: string,
) => { ok: true; url: URL } | { ok: true; file: NamedFile } | { ok: false; message: string };

/** For the checker of media URLs. The contract names no length; presigned links run to about 2,000 characters. */
export const mediaUrlRules = { schemes: ['http', 'https'], lengthMax: 8192 } as const;

/** The contract says 10 MB; read as the larger of its two meanings. */
export const inlineImageBytesMax = 10 * 1024 * 1024;

/**
 * The source behind an image field: text with a scheme is a URL, `data:` an inline image, anything else must be base64
 * (which has no colon, so nothing can be read two ways). Throws `invalid_request` naming `param`.
 */
export function parseImageSource(role: MediaRole, param: string, text: string, checkUrl: UrlCheck): MediaSource {
  if (isDataUrl(text)) {
    const verdict = parseDataUrl(text, inlineImageBytesMax);
    if (!verdict.ok) throw refuse(param, verdict.message);
    return { role, param, inline: verdict.bytes };
  }
  if (hasScheme(text)) return { role, param, ...parseUrl(param, text, checkUrl) };
  const verdict = parseBase64(text, inlineImageBytesMax);
  if (!verdict.ok) {
    const doubt = verdict.reason === 'malformed' ? 'is no URL with http:// or https://, and ' : '';
    throw refuse(param, `${doubt}${verdict.message}`);
  }
  return { role, param, inline: verdict.bytes };
}

/** The source behind a video field, which takes a URL only. Throws `invalid_request` naming `param`. */
export function parseVideoSource(role: MediaRole, param: string, text: string, checkUrl: UrlCheck): MediaSource {
  if (!hasScheme(text) || isDataUrl(text)) throw refuse(param, 'must be an http or https URL');
  return { role, param, ...parseUrl(param, text, checkUrl) };
}

function hasScheme(text: string): boolean {
  return /^\s*[a-z][a-z0-9+.-]{0,30}:/i.test(text);
}

function parseUrl(param: string, text: string, checkUrl: UrlCheck): { url: string } | NamedFile {
  const verdict = checkUrl(text);
  if (!verdict.ok) throw refuse(param, verdict.message);
  return 'file' in verdict ? verdict.file : { url: verdict.url.href };
}
