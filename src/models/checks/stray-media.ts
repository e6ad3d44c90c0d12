import { listUnknown } from '../../lib/list-unknown-fields.ts';

/** Media, or what other services call so, in a field that a model doesn't have. */
export interface StrayMedia {
  /** Path of the field. */
  param: string;
  /** What the field seems to be for. */
  meaning: StrayMeaning;
}

export type StrayMeaning =
  | 'callback'
  | 'sound'
  | 'video'
  | 'last_image'
  | 'reference_image'
  | 'first_image'
  | 'element'
  | 'unknown';

/**
 * The first field of `sent` that `schemas` don't know, at any depth, and that holds media: a URL, a data URL, the name of a
 * media file or base64, or anything that says more than a number under a name that other services have for media. What
 * stands in documented fields isn't looked at, so a prompt may hold any URL, nor are http(s) URLs under `metadata`: that is
 * the caller's own. Null when there is none. Changes nothing.
 */
export function findStrayMedia(schemas: readonly object[], sent: unknown): StrayMedia | null {
  for (const { path, key, value } of listUnknown(schemas, sent)) {
    const found = look(path, key, metadataPath.test(path) ? withoutUrls(value) : value);
    if (found !== null) return found;
  }
  return null;
}

const metadataPath = /^(?:model_params\.)?metadata$/;

/** The value with nothing in the place of each http(s) URL. */
function withoutUrls(value: unknown): unknown {
  if (typeof value === 'string') return /^\s*https?:\/\/\S+\s*$/i.test(value) ? '' : value;
  if (Array.isArray(value)) return value.map(withoutUrls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutUrls(member)]));
}

/** Whether a field is filled at all: clients that always send every field send these for none. */
function holdsContent(value: unknown): boolean {
  if (typeof value === 'string') return /\S/.test(value) && !/^[\d.]+$/.test(value);
  if (typeof value !== 'object' || value === null) return false;
  // Bytes as numbers.
  if (Array.isArray(value) && value.length >= 8 && value.every((item) => typeof item === 'number')) return true;
  return Object.values(value).some(holdsContent);
}

function look(path: string, key: string, value: unknown): StrayMedia | null {
  const name = key
    .slice(0, 64)
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');
  if (mediaName.test(name) && mediaNoun.test(name) && holdsContent(value)) {
    return { param: path, meaning: parseMeaning(key, value) };
  }
  if (typeof value === 'string') {
    return looksLikeMedia(value) ? { param: path, meaning: parseMeaning(key, value) } : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [child, member] of Object.entries(value)) {
    const isItem = Array.isArray(value);
    // An item has its list's name.
    const found = look(isItem ? `${path}[${child}]` : `${path}.${child.slice(0, 40)}`, isItem ? key : child, member);
    if (found !== null) return found.meaning === 'unknown' ? { ...found, meaning: parseMeaning(key, '') } : found;
  }
  return null;
}

/** A name made of nothing but such words is one of media, whatever it is joined with (`firstFrameImage`, `image-url`). */
const nouns =
  'images?|imgs?|pictures?|photos?|pics?|keyframes?|frames?|videos?|clips?|masks?|files?|attachments?|uploads?|assets?';
const qualifiers =
  'start|end|first|last|tail|head|begin|ending|initial|final|inputs?|init|source|src|refer|references?|ref|subjects?|' +
  'characters?|faces?|frontal|front|main|side|base|background|motion|driving|style|static|dynamic|user|original|' +
  'origin|urls?|uris?|links?|data|bytes|encoded|paths?|lists?|ids?|key|to|from|of|as|in';
const mediaName = new RegExp(`^(?:${nouns}|${qualifiers}|b)+$`);
const mediaNoun = new RegExp(nouns);

const imageEnding = /\.(?:jpe?g|png|webp|gif|bmp|heic|heif|avif|tiff?|jxl)(?:[?#]\S*)?$/i;
const videoEnding = /\.(?:mp4|mov|webm|m4v|mkv|avi|mpe?g|3gp)(?:[?#]\S*)?$/i;
const soundEnding = /\.(?:mp3|wav|m4a|aac|ogg|opus|flac)(?:[?#]\S*)?$/i;

/** Characters of which the beginning tells; the rest of many millions isn't read. */
const beginning = 8192;

/** JPEG, PNG, GIF, RIFF (WebP, WAV, AVI), Matroska, ISO media (MP4, HEIC), as base64. */
const knownBeginning = /^(?:\/9j\/|iVBORw|R0lGOD|UklGR|GkXfo|AAAA.{1,3}Z0eX)/;

/** More than identifiers, hashes and signatures have. */
const longBase64 = 400;

function looksLikeMedia(value: string): boolean {
  const text = value.slice(0, beginning).trim();
  if (/^(?:data|blob|file):\S/i.test(text)) return true;
  if (/^(?:[a-z][a-z0-9+.-]{0,30}:)?\/\/\S+$/i.test(text) || /^www\.\S+\.\S+$/i.test(text)) return true;
  if (/^\S+$/.test(text) && [imageEnding, videoEnding, soundEnding].some((ending) => ending.test(text))) return true;
  const joined = text.replaceAll(/[\r\n]+/g, '');
  if (!/^[A-Za-z0-9+/_=-]{16,}$/.test(joined)) return false;
  return joined.length >= longBase64 || knownBeginning.test(joined);
}

function parseMeaning(key: string, value: unknown): StrayMeaning {
  const name = key
    .slice(0, 64)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, ' ');
  const text = typeof value === 'string' ? value.slice(0, beginning) : '';
  if (/call ?back|notif|hook/.test(name)) return 'callback';
  if (/element/.test(name)) return 'element';
  if (/audio|voice|sound|music|speech/.test(name) || soundEnding.test(text) || /^\s*data:audio/i.test(text))
    return 'sound';
  if (/video|clip|motion|driving/.test(name) || videoEnding.test(text) || /^\s*data:video/i.test(text)) return 'video';
  if (/(?:end|tail|last|final)/.test(name)) return 'last_image';
  if (/ref|subject|style|side|background|(?:images|imgs|photos|pictures|pics|urls|list)\b/.test(name)) {
    return 'reference_image';
  }
  if (mediaNoun.test(name) || imageEnding.test(text) || /^\s*data:image/i.test(text)) return 'first_image';
  return 'unknown';
}
