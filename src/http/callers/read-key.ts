import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { malformedAuthorization } from './errors.ts';

/** Pairs of marks that shells, spreadsheets and documents leave around a pasted key. */
const quoted = /^(?:"(.*)"|'(.*)'|`(.*)`|<(.*)>|“(.*)”|‘(.*)’)$/;

/**
 * The key of a request: from `Authorization`, also where `Bearer` stands twice, not at all or with a colon, and where the
 * key stands in quotes; else from `x-api-key`. Undefined when neither was sent.
 * Throws 401 `unauthorized` that says what is wrong with a header in which no key can be.
 */
export function readKey(headers: IncomingHttpHeaders): string | undefined {
  const header = decodeHeader(headers.authorization);
  if (header !== undefined && header !== '') return readAuthorization(header);
  const apiKey = decodeHeader([headers['x-api-key']].flat()[0]);
  if (apiKey !== undefined && apiKey !== '') return unquote(apiKey);
  if (header === '') throw malformedAuthorization('is empty');
  return undefined;
}

/** Of two keys Node gives the first, and a proxy on the way may have believed the second. Throws 401 `unauthorized`. */
export function checkOneAuthorization({ rawHeaders }: IncomingMessage): void {
  const name = 'authorization';
  const texts = rawHeaders.filter(
    (_, at) => at % 2 === 1 && rawHeaders[at - 1]?.length === name.length && rawHeaders[at - 1]?.toLowerCase() === name,
  );
  if (texts.some((text) => text !== texts[0])) throw malformedAuthorization('stands twice, with different keys');
}

function readAuthorization(header: string): string {
  const text = unquote(unquote(header).replace(/^(?:Bearer(?:\s*:\s*|\s+|$))+/i, ''));
  if (text === '') throw malformedAuthorization('no key follows after Bearer');
  if (!/\s/.test(text)) return text;
  const [, scheme] = /^([A-Za-z][\w-]*) /.exec(text) ?? [];
  if (scheme !== undefined && !scheme.startsWith('sk-')) {
    // What is no word of a scheme may be a part of a secret.
    const known = /^(Basic|Digest|Token|ApiKey|Key|Negotiate|AWS4-HMAC-SHA256)$/i.test(scheme);
    throw malformedAuthorization(known ? `its scheme is ${scheme}` : 'its scheme is not Bearer');
  }
  throw malformedAuthorization('white space stands within the key');
}

/** Node gives each byte as one character. */
function decodeHeader(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text, 'latin1').toString('utf8').trim();
}

function unquote(text: string): string {
  const match = quoted.exec(text);
  return match === null ? text : (match.slice(1).find((inner) => inner !== undefined) ?? '').trim();
}
