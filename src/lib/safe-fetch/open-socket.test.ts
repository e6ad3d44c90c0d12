import { expect, test } from 'vitest';
import { createLocalAuthority, createSelfSigned } from '../../../test/helpers/local-tls.ts';
import { startHttps } from '../../../test/helpers/start-server.ts';
import { openSocket } from './open-socket.ts';
import { createTlsSessions } from './tls-sessions.ts';

const authority = createLocalAuthority();
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

test.each([
  ['another host', authority.issue({ names: ['other.example'] }), 'is for another host'],
  [
    'a time that is over',
    authority.issue({ names: ['localhost'], validFrom: daysAgo(9), validUntil: daysAgo(2) }),
    'has expired',
  ],
  [
    'a time to come',
    authority.issue({ names: ['localhost'], validFrom: daysAgo(-2), validUntil: daysAgo(-9) }),
    'is not valid yet',
  ],
  ['nobody but itself', createSelfSigned({ names: ['localhost'] }), 'is signed by nobody but itself'],
  [
    'an unknown authority',
    createLocalAuthority().issue({ names: ['localhost'] }),
    'comes without the one that signed it, or from an authority that is not known',
  ],
])('a certificate for %s is named to the public where the host is public, and only there', async (_, served, words) => {
  await using server = await startHttps(served, (_, response) => response.end());
  const open = (isPublic: boolean) =>
    openSocket({
      host: 'localhost',
      port: server.port,
      addresses: ['127.0.0.1'],
      isPublic,
      tls: { ca: [authority.ca], sessions: createTlsSessions() },
      onTcp: () => {},
      signal: AbortSignal.timeout(60_000),
    });
  await expect(open(true)).rejects.toMatchObject({
    fault: 'tls_failed',
    publicWords: `the certificate of its server ${words}`,
  });
  await expect(open(false)).rejects.toMatchObject({ fault: 'tls_failed', publicWords: undefined });
});
