import { isPublicUrl } from '../../lib/safe-fetch/index.ts';

export interface PublicUrlVerdict {
  /** Whether the upstream can be given an address of this server at all. */
  isReachable: boolean;
  /** What the operator should know; null when all is well. */
  warning: string | null;
}

const consequence = 'elements made from videos, and videos made from a video, are refused; callbacks do not come';

/**
 * What the public address of this server is worth to the Kling API, by its text. An upstream that isn't on the public
 * internet itself, as a stand-in on this machine, can reach whatever it can.
 */
export function judgePublicUrl(publicUrl: string | undefined, baseUrl: string): PublicUrlVerdict {
  if (publicUrl === undefined) {
    return { isReachable: false, warning: `TROUPE_PUBLIC_URL is not set: ${consequence}` };
  }
  if (!isPublicUrl(baseUrl)) return { isReachable: true, warning: null };
  if (!isPublicUrl(publicUrl)) {
    const warning = `TROUPE_PUBLIC_URL is ${publicUrl}, where the Kling API can't reach this server: ${consequence}`;
    return { isReachable: false, warning };
  }
  const isOpen = publicUrl.startsWith('http:');
  const warning =
    `TROUPE_PUBLIC_URL is ${publicUrl}: who is on the way reads what the Kling API fetches and calls back, and it may ` +
    'refuse plain http; give it https';
  return { isReachable: true, warning: isOpen ? warning : null };
}
