import { apiUrl } from '../api/client.ts';

/** A link to a file of this server at the address that this page came from, which its policy allows. */
export function toOwnLink(link: string): string {
  const at = link.indexOf('/files/');
  return at === -1 ? link : apiUrl + link.slice(at);
}
