import { type KlingClient, listKlingElements } from '../kling/index.ts';
import type { Check } from './schema.ts';

export interface KlingOptions {
  /** With the credentials of the settings, to be closed by the one who opened it; null without any. */
  open(): KlingClient | null;
  /** Where it is asked. */
  baseUrl: string;
}

/** Whether the Kling API knows the credentials: asks for one page of elements, which costs nothing. */
export async function checkKling({ open, baseUrl }: KlingOptions): Promise<Omit<Check, 'part'>> {
  const client = open();
  if (client === null) {
    return { status: 'off', message: 'no credentials are set: videos are animatics, made on this machine' };
  }
  try {
    await listKlingElements(client, 'own').next();
    return { status: 'ok', message: `${baseUrl} knows the credentials` };
  } catch (error) {
    const { message: reason, upstreamMessage } = error as Error & { upstreamMessage?: string };
    const words = upstreamMessage ? `${reason} (${upstreamMessage})` : reason;
    const remedy =
      'check TROUPE_KLING_API_KEY or TROUPE_KLING_ACCESS_KEY and …_SECRET_KEY, TROUPE_KLING_BASE_URL, the way out and this machine’s clock';
    return { status: 'broken', message: `${baseUrl}: ${words}`, remedy };
  } finally {
    await client.close();
  }
}
