import { type Client, createClient } from '../client/index.ts';
import { UsageError } from './arguments.ts';
import { loadLogin } from './login-file.ts';

const urlDefault = 'http://127.0.0.1:4600';

/**
 * The client that the settings name, else what `troupe login` keeps. A kept key goes to its own server alone. Throws
 * `UsageError` when there is no key.
 */
export function openClient(environment: Readonly<Record<string, string | undefined>>): Client {
  const { url, key } = findLogin(environment);
  // A person is waiting: three attempts within about two seconds tell a server that starts from one that is off.
  return createClient({ retriesMax: 2, baseUrl: url, key });
}

function findLogin({ ...environment }: Readonly<Record<string, string | undefined>>): { url: string; key: string } {
  const key = environment.TROUPE_API_KEY?.trim() ?? '';
  const url = environment.TROUPE_URL?.trim() ?? '';
  if (key !== '') return { url: url || urlDefault, key };
  const kept = loadLogin(environment);
  if (kept !== null && (url === '' || trim(url) === trim(kept.url))) return kept;
  const elsewhere = kept === null ? '' : ` The login is for ${kept.url}, and TROUPE_URL names another server.`;
  throw new UsageError(
    `TROUPE_API_KEY is not set, and nobody has logged in with: troupe login.${elsewhere} The first start of a server prints a key; ` +
      'further ones are made on its machine with: npm run -s troupe -- keys create --name NAME --credits 100',
  );
}

function trim(url: string): string {
  return url.replace(/\/+$/, '');
}
