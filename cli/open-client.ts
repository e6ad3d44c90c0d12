import { type Client, createClient } from '../client/index.ts';
import { UsageError } from './arguments.ts';

/** The client that the settings name. Throws `UsageError` when the key is missing or the address can't be one. */
export function openClient(environment: Readonly<Record<string, string | undefined>>): Client {
  const key = environment.TROUPE_API_KEY?.trim() ?? '';
  if (key === '') {
    throw new UsageError(
      'TROUPE_API_KEY is not set. The first start of a server prints a key; further ones are made on its machine with: ' +
        'npm run -s troupe -- keys create --name NAME --credits 100',
    );
  }
  // A person is waiting: three attempts within about two seconds tell a server that starts from one that is off.
  try {
    return createClient({ retriesMax: 2, baseUrl: environment.TROUPE_URL?.trim() || 'http://127.0.0.1:4600', key });
  } catch (error) {
    throw new UsageError(`TROUPE_URL or TROUPE_API_KEY: ${(error as Error).message}`);
  }
}
