import { type Base64Verdict, parseBase64 } from './parse-base64.ts';

/** Whether `text` begins as a data URL does. */
export function isDataUrl(text: string): boolean {
  return /^\s*data:/i.test(text);
}

/**
 * The bytes of a data URL (RFC 2397): base64, in which anything may be percent-encoded, or bytes of which some are; or what
 * is wrong, as `parseBase64` says it. What it is, its bytes will tell: the declared type says what some program took it
 * for, and may be missing.
 */
export function parseDataUrl(text: string, bytesMax: number): Base64Verdict {
  const start = text.search(/\S/);
  const comma = text.indexOf(',', start);
  const isBase64 = comma >= 0 && comma - start <= headLengthMax && /[:;]\s*base64\s*$/i.test(text.slice(start, comma));
  const sent = text.slice(comma + 1);
  const isEncoded = sent.includes('%');
  if (comma < 0 || comma - start > headLengthMax || !(isBase64 || isEncoded)) {
    return malformed('a data URL must begin like data:image/jpeg;base64,');
  }
  const decoded = isEncoded ? decodePercent(sent) : null;
  if (isEncoded && decoded === null) return malformed('data URL has a % that no two hexadecimal digits follow');
  if (!isBase64) return checkSize(decoded as Buffer, bytesMax);
  const verdict = parseBase64(decoded?.toString('latin1') ?? sent, bytesMax);
  return verdict.ok ? verdict : { ...verdict, message: `data URL ${verdict.message}` };
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

function checkSize(bytes: Buffer, bytesMax: number): Base64Verdict {
  if (bytes.length <= bytesMax) return { ok: true, bytes };
  const message = `data URL is ${bytes.length} bytes when decoded, at most ${bytesMax} are allowed`;
  return { ok: false, reason: 'too_large', message };
}

function malformed(message: string): Base64Verdict {
  return { ok: false, reason: 'malformed', message };
}
