import { type Config, chooseNetworkOptions } from '../config.ts';
import {
  createCredential,
  createKlingClient,
  createKlingNetwork,
  hasKlingCredentials,
  type KlingClient,
} from '../kling/index.ts';

/** The Kling account that the settings name, for the time of `work`. Throws when they name none. */
export async function withKlingClient<T>(config: Config, work: (client: KlingClient) => Promise<T>): Promise<T> {
  const { kling } = config;
  if (!hasKlingCredentials(kling)) {
    throw new Error('set TROUPE_KLING_API_KEY, or TROUPE_KLING_ACCESS_KEY and TROUPE_KLING_SECRET_KEY');
  }
  const client = createKlingClient({
    baseUrl: kling.klingBaseUrl,
    credential: createCredential(kling, { now: () => new Date() }),
    timeoutMs: kling.klingTimeoutSeconds * 1000,
    network: createKlingNetwork(kling, chooseNetworkOptions(config)),
  });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
