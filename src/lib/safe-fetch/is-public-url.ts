import { checkUrl } from './check-url.ts';

/**
 * Whether a URL's host can be one of the public internet, by its text alone: no private, local or reserved address, no
 * name that only makes sense inside a network. A name that resolves to such an address isn't noticed.
 */
export function isPublicUrl(text: string): boolean {
  const everywhere = { allowAddresses: [], listOwnAddresses: () => [] };
  return checkUrl(text, { schemes: ['https', 'http'], lengthMax: 2048 }, everywhere).ok;
}
