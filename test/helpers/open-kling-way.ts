import { createKlingNetwork } from '../../src/kling/api/create-kling-network.ts';
import type { NetworkOptions } from '../../src/lib/safe-fetch/index.ts';

/** What a client of the Kling API needs to reach a stand-in at this address. */
export function openKlingWay(baseUrl: string, options: Partial<NetworkOptions> = {}) {
  return { baseUrl, network: createKlingNetwork([{ klingBaseUrl: baseUrl }], { allowAddresses: [], ...options }) };
}
