import { type KlingClient, listKlingElements } from '../kling/index.ts';
import type { Check } from './schema.ts';

export interface KlingOptions {
  /** With the credentials of the settings, to be closed by the one who opened it; empty without any. */
  open(): KlingWay[];
}

/** One account that the settings name. */
export interface KlingWay {
  name: string;
  /** Where it is asked. */
  baseUrl: string;
  client: KlingClient;
}

/** Whether the Kling API knows the credentials of each account: asks for one page of elements, which costs nothing. */
export async function checkKling({ open }: KlingOptions): Promise<Omit<Check, 'part'>> {
  const ways = open();
  if (ways.length === 0) {
    return { status: 'off', message: 'no credentials are set: videos are animatics, made on this machine' };
  }
  try {
    const wrong: string[] = [];
    for (const way of ways) {
      const fault = await findFault(way);
      if (fault !== null) wrong.push(ways.length === 1 ? fault : `${way.name}: ${fault}`);
    }
    const [first, ...others] = ways;
    const known =
      others.length === 0 ? `${first?.baseUrl} knows the credentials` : `all ${ways.length} accounts answer`;
    if (wrong.length === 0) return { status: 'ok', message: known };
    const remedy =
      'check TROUPE_KLING_API_KEY or TROUPE_KLING_ACCESS_KEY and …_SECRET_KEY, TROUPE_KLING_BASE_URL, TROUPE_KLING_ACCOUNTS, the way out and this machine’s clock';
    return { status: 'broken', message: wrong.join('; '), remedy };
  } finally {
    for (const { client } of ways) await client.close();
  }
}

async function findFault({ baseUrl, client }: KlingWay): Promise<string | null> {
  try {
    await listKlingElements(client, 'own').next();
    return null;
  } catch (error) {
    const { message: reason, upstreamMessage } = error as Error & { upstreamMessage?: string };
    return `${baseUrl}: ${upstreamMessage ? `${reason} (${upstreamMessage})` : reason}`;
  }
}
