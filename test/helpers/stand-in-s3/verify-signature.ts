import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface S3Credentials {
  accessKey: string;
  secretKey: string;
}

/** An error code of S3's, with its status. */
export type Refusal = readonly [status: number, code: string];

/**
 * Checks the signature of a request, in its `Authorization` header or its address, and the hash of its body where one is
 * signed. Written from "Authenticating Requests (AWS Signature Version 4)" of the Amazon S3 API Reference, apart from any SDK. Null: it holds.
 */
export function verifySignature(request: IncomingMessage, body: Buffer, credentials: S3Credentials): Refusal | null {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const claim = url.searchParams.has('X-Amz-Signature') ? parseQuery(url) : parseHeader(request);
  if (claim === null) return [403, 'AccessDenied'];
  const [accessKey, date = '', region = '', service, end] = claim.scope.split('/');
  if (accessKey !== credentials.accessKey) return [403, 'InvalidAccessKeyId'];
  if (service !== 's3' || end !== 'aws4_request') return [403, 'SignatureDoesNotMatch'];
  const signedAt = Date.parse(claim.at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  const age = (Date.now() - signedAt) / 1000;
  if (!(age < claim.seconds)) return [403, claim.isLink ? 'AccessDenied' : 'RequestTimeTooSkewed'];
  const isHashed = /^[0-9a-f]{64}$/.test(claim.payload);
  if (isHashed && sha256(body) !== claim.payload) return [400, 'XAmzContentSHA256Mismatch'];
  const canonical = [
    request.method,
    url.pathname,
    presentQuery(url),
    ...claim.headers.map((name) => `${name}:${String(request.headers[name] ?? '').trim()}`),
    '',
    claim.headers.join(';'),
    claim.payload,
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', claim.at, `${date}/${region}/s3/aws4_request`, sha256(canonical)].join('\n');
  const key = ['s3', 'aws4_request'].reduce(hmac, hmac(hmac(`AWS4${credentials.secretKey}`, date), region));
  return hmac(key, text).toString('hex') === claim.signature ? null : [403, 'SignatureDoesNotMatch'];
}

interface Claim {
  /** Access key / date / region / service / aws4_request. */
  scope: string;
  headers: string[];
  signature: string;
  /** Time of signing, basic ISO 8601. */
  at: string;
  /** How long it holds. */
  seconds: number;
  payload: string;
  isLink: boolean;
}

function parseHeader({ headers }: IncomingMessage): Claim | null {
  const pattern = /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=(\S+)$/;
  const [, scope = '', names = '', signature = ''] = pattern.exec(headers.authorization ?? '') ?? [];
  if (signature === '') return null;
  const at = String(headers['x-amz-date']);
  const payload = String(headers['x-amz-content-sha256']);
  return { scope, headers: names.split(';'), signature, at, seconds: 900, payload, isLink: false };
}

function parseQuery({ searchParams }: URL): Claim {
  const read = (name: string) => searchParams.get(`X-Amz-${name}`) ?? '';
  return {
    scope: read('Credential'),
    headers: read('SignedHeaders').split(';'),
    signature: read('Signature'),
    at: read('Date'),
    seconds: Number(read('Expires')),
    payload: 'UNSIGNED-PAYLOAD',
    isLink: true,
  };
}

function presentQuery({ searchParams }: URL): string {
  return [...searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}

/** RFC 3986, as S3 has it. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: Buffer | string, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
