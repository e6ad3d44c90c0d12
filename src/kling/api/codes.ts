/**
 * What kind of refusal an answer is, and so what to do about it. `caller` and `moderation` end the task; `capacity` was
 * not carried out and is sent again later; `transient` says nothing about whether it was carried out; `configuration`
 * needs the operator; `token` is signed anew once, then `configuration`.
 */
export type RefusalKind = 'caller' | 'moderation' | 'capacity' | 'transient' | 'configuration' | 'token';

interface KlingCode {
  kind: RefusalKind;
  /** What an operator should read in the log. */
  meaning: string;
}

/**
 * The vendor's table of error codes. The HTTP status must not decide: four of the 429s are permanent, and only 1302 and
 * 1303 are about load.
 */
const codes: Readonly<Record<number, KlingCode>> = {
  1000: { kind: 'configuration', meaning: 'authentication failed' },
  1001: { kind: 'configuration', meaning: 'the authorization is empty' },
  1002: { kind: 'token', meaning: 'the token is invalid' },
  1003: { kind: 'token', meaning: 'the token is not valid yet' },
  1004: { kind: 'token', meaning: 'the token has expired' },
  1100: { kind: 'configuration', meaning: 'something is wrong with the account' },
  1101: { kind: 'configuration', meaning: 'the account is in arrears' },
  1102: { kind: 'configuration', meaning: 'the resource pack is used up or has expired' },
  1103: { kind: 'configuration', meaning: 'the account has no right to this API or model' },
  1200: { kind: 'caller', meaning: 'the parameters are invalid' },
  1201: { kind: 'caller', meaning: 'a parameter is invalid' },
  1202: { kind: 'configuration', meaning: 'the method is wrong' },
  1203: { kind: 'caller', meaning: 'the resource does not exist' },
  1300: { kind: 'moderation', meaning: 'against the policy of the platform' },
  1301: { kind: 'moderation', meaning: 'against the content policy' },
  1302: { kind: 'capacity', meaning: 'too many requests' },
  1303: { kind: 'capacity', meaning: 'too many parallel tasks' },
  1304: { kind: 'configuration', meaning: 'the address of this server is not on the allow list' },
  5000: { kind: 'transient', meaning: 'internal error' },
  5001: { kind: 'transient', meaning: 'temporarily unavailable' },
  5002: { kind: 'transient', meaning: 'internal time-out' },
};

/** `code` is null when the answer had none. */
export function chooseRefusalKind(code: number | null, status: number): RefusalKind {
  return code === null ? kindByStatus(status) : (codes[code]?.kind ?? kindByFamily(code, status));
}

/**
 * Of a code that is in no table: the vendor numbers them by subject. An unknown 429 may be a permanent one, which nobody
 * mends by asking again.
 */
function kindByFamily(code: number, status: number): RefusalKind {
  if (code >= 5000 || status >= 500) return 'transient';
  if (code < 1200 || status === 429 || status === 401 || status === 403) return 'configuration';
  return 'caller';
}

/**
 * Of an answer that isn't the vendor's at all: a gateway's page. A gateway that wants to know who asks says nothing of the
 * account, and one of many that pass through it may; what leads elsewhere or nowhere is the wrong address, of a create (a look
 * that gets a page has told nothing).
 */
function kindByStatus(status: number): RefusalKind {
  if (status === 429) return 'capacity';
  // Too large for who stands in between, each time.
  if (status === 413) return 'caller';
  return status === 404 || status < 400 ? 'configuration' : 'transient';
}

/**
 * What a refusal for the operator stops, of the product that it answers: a right or a method that is missing is about that one
 * product, a pack that is used up about its kind, the rest about everything.
 */
export function chooseStopScope(code: number | null, product: string): string {
  if (code === 1103 || code === 1202) return product;
  return code === 1102 ? (product.split('/')[0] ?? '') : '';
}

/** In words, for logs and messages. */
export function describeCode(code: number | null, status: number): string {
  if (code === null) return `HTTP status ${status}`;
  const known = codes[code];
  return known === undefined ? `code ${code}` : `code ${code}, ${known.meaning}`;
}

/** A value the upstream doesn't accept; also an external id that is taken, and a task id that it doesn't know. */
export const invalidValueCode = 1201;
/** A resource that doesn't exist. */
export const absentCode = 1203;
