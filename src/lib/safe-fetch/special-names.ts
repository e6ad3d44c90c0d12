/** Suffixes of names that never mean a public host: RFC 6761, 6762, 7686, 8375, and ICANN's `.internal` (2024). */
const specialSuffixes = ['localhost', 'local', 'internal', 'home.arpa', 'onion'];

/**
 * Whether a host name (lower case, no trailing dot, not an address) is one that only makes sense inside a network:
 * a single label, a reserved suffix, or a metadata service. Defence in depth: what decides is the address dialled. Such
 * a name is used only if each of its addresses was opened by the operator.
 */
export function isSpecialName(hostname: string): boolean {
  if (!hostname.includes('.') || hostname.startsWith('instance-data.')) return true;
  return specialSuffixes.some((suffix) => hostname.endsWith(`.${suffix}`));
}

/** Whether the name means this machine by RFC 6761, whatever a resolver says. */
export function isLocalhost(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}
