import { parseBase64 } from '../lib/parse-base64.ts';
import { refuse } from './errors.ts';

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
  | { /** Decoded, not yet looked into. */ inline: Buffer }
);

/** `message` is a predicate without subject: `must use http or https, uses ftp`. */
export type UrlCheck = (text: string) => { ok: true; url: URL } | { ok: false; message: string };

/** For the checker of media URLs. The contract names no length; presigned links run to about 2,000 characters. */
export const mediaUrlRules = { schemes: ['http', 'https'], lengthMax: 8192 } as const;

/** The contract says 10 MB; read as the larger of its two meanings. */
export const inlineImageBytesMax = 10 * 1024 * 1024;

/**
 * The source behind an image field: text with a scheme is a URL, `data:` an inline image, anything else must be base64
 * (which has no colon, so nothing can be read two ways). Throws `invalid_request` naming `param`.
 */
export function parseImageSource(role: MediaRole, param: string, text: string, checkUrl: UrlCheck): MediaSource {
  if (/^\s*data:/i.test(text)) return { role, param, inline: parseDataUrl(param, text) };
  if (hasScheme(text)) return { role, param, url: parseUrl(param, text, checkUrl) };
  const verdict = parseBase64(text, inlineImageBytesMax);
  if (!verdict.ok) {
    const doubt = verdict.reason === 'malformed' ? 'is no URL with http:// or https://, and ' : '';
    throw refuse(param, `${doubt}${verdict.message}`);
  }
  return { role, param, inline: verdict.bytes };
}

/** The source behind a video field, which takes a URL only. Throws `invalid_request` naming `param`. */
export function parseVideoSource(role: MediaRole, param: string, text: string, checkUrl: UrlCheck): MediaSource {
  if (!hasScheme(text) || /^\s*data:/i.test(text)) throw refuse(param, 'must be an http or https URL');
  return { role, param, url: parseUrl(param, text, checkUrl) };
}

function hasScheme(text: string): boolean {
  return /^\s*[a-z][a-z0-9+.-]{0,30}:/i.test(text);
}

function parseUrl(param: string, text: string, checkUrl: UrlCheck): string {
  const verdict = checkUrl(text);
  if (!verdict.ok) throw refuse(param, verdict.message);
  return verdict.url.href;
}

/**
 * RFC 2397: base64, in which anything may be percent-encoded, or bytes of which some are. What it is, its bytes will tell: the
 * declared type says what some program took it for, and may be missing.
 */
function parseDataUrl(param: string, text: string): Buffer {
  const start = text.search(/\S/);
  const comma = text.indexOf(',', start);
  const isBase64 = comma >= 0 && comma - start <= headLengthMax && /[:;]\s*base64\s*$/i.test(text.slice(start, comma));
  const sent = text.slice(comma + 1);
  const isEncoded = sent.includes('%');
  if (comma < 0 || comma - start > headLengthMax || !(isBase64 || isEncoded)) {
    throw refuse(param, 'a data URL must begin like data:image/jpeg;base64,');
  }
  const decoded = isEncoded ? decodePercent(sent) : null;
  if (isEncoded && decoded === null) throw refuse(param, 'data URL has a % that no two hexadecimal digits follow');
  if (!isBase64) return checkSize(param, decoded as Buffer);
  const verdict = parseBase64(decoded?.toString('latin1') ?? sent, inlineImageBytesMax);
  if (!verdict.ok) throw refuse(param, `data URL ${verdict.message}`);
  return verdict.bytes;
}

/** Characters before the comma; a media type with its parameters has far fewer. */
const headLengthMax = 500;

/** The bytes of percent-encoded text, or null where a `%` stands for nothing. */
function decodePercent(text: string): Buffer | null {
  const from = Buffer.from(text, 'utf8');
  const bytes = Buffer.alloc(from.length);
  let length = 0;
  for (let at = 0; at < from.length; at++) {
    const byte = from[at] as number;
    if (byte !== 0x25) {
      bytes[length++] = byte;
      continue;
    }
    const pair = from.toString('latin1', at + 1, at + 3);
    if (!/^[0-9a-f]{2}$/i.test(pair)) return null;
    bytes[length++] = Number.parseInt(pair, 16);
    at += 2;
  }
  return bytes.subarray(0, length);
}

function checkSize(param: string, bytes: Buffer): Buffer {
  if (bytes.length <= inlineImageBytesMax) return bytes;
  throw refuse(param, `data URL is ${bytes.length} bytes when decoded, at most ${inlineImageBytesMax} are allowed`);
}
