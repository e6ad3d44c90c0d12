import { describe, expect, test } from 'vitest';
import { parseAddressRange } from './address.ts';
import { badPorts } from './bad-ports.ts';
import { checkUrl, type UrlFault } from './check-url.ts';
import type { AddressPolicy } from './judge-address.ts';

const closed: AddressPolicy = { allowAddresses: [], listOwnAddresses: () => [] };
const loopback: AddressPolicy = { allowAddresses: [parseAddressRange('127.0.0.0/8')], listOwnAddresses: () => [] };
const web = { schemes: ['https', 'http'], lengthMax: 2048 } as const;

function reasonFor(text: string, policy = closed): UrlFault | null {
  const verdict = checkUrl(text, web, policy);
  return verdict.ok ? null : verdict.reason;
}

function hrefOf(text: string): string | null {
  const verdict = checkUrl(text, web, closed);
  return verdict.ok ? verdict.url.href : null;
}

describe('what is accepted', () => {
  test.each([
    ['https://example.com', 'https://example.com/'],
    ['HTTPS://EXAMPLE.com/A?b=%20#frag', 'https://example.com/A?b=%20'],
    ['https://example.com./x', 'https://example.com/x'],
    ['  https://example.com/my photo.jpg ', 'https://example.com/my%20photo.jpg'],
    ['\n\thttps://example.com/x\r\n', 'https://example.com/x'],
    ['\u00a0https://example.com/x\ufeff', 'https://example.com/x'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['https://my_bucket.s3.example.com:8443/k', 'https://my_bucket.s3.example.com:8443/k'],
    ['http://example.com:00080/', 'http://example.com/'],
    ['https://1.1.1.1/', 'https://1.1.1.1/'],
    ['https://[2606:4700::1111]/', 'https://[2606:4700::1111]/'],
    ['https://example.com/@user?a@b', 'https://example.com/@user?a@b'],
    ['https://localhost.example.com/', 'https://localhost.example.com/'],
  ])('%s', (text, href) => expect(hrefOf(text)).toBe(href));
});

describe('what is refused', () => {
  const cases: Record<UrlFault, readonly string[]> = {
    malformed: [
      '',
      'x',
      '//example.com/',
      '/path',
      'https:',
      'https://',
      'https:example.com',
      'https:/example.com',
      'https:///example.com',
      'http:127.0.0.1',
      'http:////127.0.0.1',
      'http:/\\127.0.0.1',
      'https://exa\tmple.com/',
      'https://example.com/\nx',
      'https://example.com/\u0000',
      '\u0000https://example.com',
      'https://good.example\\@127.0.0.1/',
      'https://a b/',
      'https://[fe80::1%25eth0]/',
      'http://[0000::1:80',
      'http://example.com:65536/',
      'http://example.com:+80/',
      'http://1.2.3.4.5/',
      'http://256.1.1.1/',
    ],
    too_long: [`https://example.com/${'a'.repeat(3000)}`],
    scheme: [
      'ftp://example.com/',
      'file:///etc/passwd',
      'data:text/plain,x',
      'gopher://example.com/',
      'javascript:1',
      'blob:https://example.com/x',
      'ws://example.com/',
      'unix:/run/docker.sock',
      'http+unix://%2Frun%2Fdocker.sock/',
    ],
    userinfo: [
      'https://user:pw@example.com/',
      'https://user@example.com/',
      'https://@example.com/',
      'http://a@b@127.0.0.1/',
      'http://example.com:80@127.0.0.1/',
    ],
    port: ['http://example.com:0/', 'http://example.com:22/', 'https://example.com:25/', 'https://example.com:6000/'],
    host: [
      'https://a..b.com/',
      'https://.example.com/',
      `https://${'a'.repeat(64)}.com/`,
      `https://${'a.'.repeat(127)}com/`,
      'https://./',
      'https://example.com../',
    ],
    refused_address: [
      'http://127.0.0.1/',
      'http://127.0.0.1./',
      'http://[::1]/',
      'http://0/',
      'http://localhost/',
      'http://LOCALHOST./',
      'http://a.localhost/',
      'http://printer.local/',
      'http://vault.internal/',
      'http://metadata.google.internal/',
      'http://router.home.arpa/',
      'http://x.onion/',
      'http://intranet/',
      'http://instance-data/',
      'http://instance-data.ec2.internal/',
      'http://127.0.0.1#@example.com/',
      'http://127.0.0.1?@example.com/',
      'http://169.254.169.254/latest/meta-data/',
    ],
  };

  test.each(
    Object.entries(cases).flatMap(([reason, texts]) =>
      texts.map((text) => [reason, JSON.stringify(text.slice(0, 80)), text]),
    ),
  )('%s: %s', (reason, _, text) => expect(reasonFor(text ?? '')).toBe(reason));

  test('each port that browsers refuse, and 0', () => {
    for (const port of badPorts) {
      // The default port of a scheme is none of them, so that each stays visible in the URL.
      expect(reasonFor(`https://example.com:${port}/`), String(port)).toBe('port');
    }
    expect(badPorts.size).toBe(83);
  });

  test('the message tells rule and measured value, and never the address', () => {
    expect(checkUrl('http://example.com/', { ...web, schemes: ['https'] }, closed)).toMatchObject({
      message: 'must use https, uses http',
    });
    expect(checkUrl('http://10.1.2.3/', web, closed)).toMatchObject({
      message: 'must not point to an internal address',
    });
  });
});

describe('length', () => {
  const ofLength = (length: number) => `https://example.com/${'a'.repeat(length - 20)}`;

  test.each([2047, 2048])('%i characters pass', (length) => expect(reasonFor(ofLength(length))).toBeNull());

  test('2049 characters are refused with the count', () => {
    expect(checkUrl(ofLength(2049), web, closed)).toMatchObject({
      message: 'must have at most 2048 characters, has 2049',
    });
  });

  test('a short text that grows beyond the limit by percent encoding or punycode is refused with the grown count', () => {
    expect(checkUrl(`https://example.com/${'ü'.repeat(400)}`, web, closed)).toMatchObject({
      message: 'must have at most 2048 characters, has 2420',
    });
    const text = `https://ü.example/${'a'.repeat(2029)}`;
    expect(text).toHaveLength(2047);
    expect(checkUrl(text, web, closed)).toMatchObject({ reason: 'too_long' });
  });

  test('a long fragment counts as given, though it is dropped', () => {
    expect(reasonFor(`https://example.com/#${'a'.repeat(2040)}`)).toBe('too_long');
  });
});

describe('with loopback opened', () => {
  test.each(['http://127.0.0.1:4600/', 'http://localhost:4600/', 'http://receiver/', 'http://minio.local/'])(
    '%s passes, and its addresses are judged when it is used',
    (text) => expect(reasonFor(text, loopback)).toBeNull(),
  );

  test.each(['http://10.0.0.1/', 'http://[::1]/', 'http://[::ffff:127.0.0.1]/'])('%s is still refused', (text) => {
    expect(reasonFor(text, loopback)).toBe('refused_address');
  });
});
