import { type Command, UsageError } from '../../cli/index.ts';
import { type Config, chooseNetworkOptions } from '../config.ts';
import {
  createCredential,
  createKlingClient,
  createKlingNetwork,
  type KlingAccount,
  type KlingClient,
  listAccounts,
} from '../kling/index.ts';

/** For commands that work at one account of several. */
export const accountOption: Command['options'] = {
  'kling-account': {
    type: 'string',
    describe: "which Kling account, where the settings name several; 'default' is that of TROUPE_KLING_API_KEY",
  },
};

/**
 * The Kling account that `name` means, or the only one of the settings. Throws when they name none, and a `UsageError` where it isn't
 * clear which: a command must not change another account than the one that was meant.
 */
export function getKlingAccount({ kling }: Pick<Config, 'kling'>, name: unknown): KlingAccount {
  const accounts = listAccounts(kling);
  const [first, ...others] = accounts;
  if (first === undefined) {
    throw new Error('set TROUPE_KLING_API_KEY, or TROUPE_KLING_ACCESS_KEY and TROUPE_KLING_SECRET_KEY');
  }
  if (name === undefined && others.length === 0) return first;
  const found = accounts.find((account) => account.name === name);
  if (found !== undefined) return found;
  const names = accounts.map((account) => account.name).join(', ');
  throw new UsageError(`--kling-account must be one of ${names}`);
}

/** The Kling account of that name, for the time of `work`. Throws as {@link getKlingAccount}. */
export async function withKlingClient<T>(
  config: Config,
  name: unknown,
  work: (client: KlingClient) => Promise<T>,
): Promise<T> {
  const account = getKlingAccount(config, name);
  const client = createKlingClient({
    baseUrl: account.klingBaseUrl,
    credential: createCredential(account, { now: () => new Date() }),
    timeoutMs: config.kling.klingTimeoutSeconds * 1000,
    network: createKlingNetwork([account], chooseNetworkOptions(config)),
  });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
