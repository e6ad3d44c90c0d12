import type { Key } from '../../../client/index.ts';

export type KeyState = 'active' | 'disabled' | 'expired';

/** Whether a key opens anything at `now`, and if not, why. */
export function findKeyState({ disabled, expires_at }: Key, now: Date): KeyState {
  if (disabled) return 'disabled';
  return expires_at !== null && new Date(expires_at) <= now ? 'expired' : 'active';
}

/** What keys are sorted by. */
export const orders = {
  newest: { label: 'Newest first', compare: (a: Key, b: Key) => b.key_id - a.key_id },
  name: { label: 'Name', compare: (a: Key, b: Key) => a.name.localeCompare(b.name) },
  owner: { label: 'Owner', compare: (a: Key, b: Key) => a.account.name.localeCompare(b.account.name) },
  spending: { label: 'Most spent', compare: (a: Key, b: Key) => b.used_credits - a.used_credits },
  expiry: {
    label: 'Ends first',
    compare: (a: Key, b: Key) => time(a.expires_at, Infinity) - time(b.expires_at, Infinity),
  },
  last_use: { label: 'Used last', compare: (a: Key, b: Key) => time(b.last_used_at, 0) - time(a.last_used_at, 0) },
} as const;

export type KeyOrder = keyof typeof orders;

/** The keys whose name, owner, role or last characters hold all words, in the order that was chosen. */
export function chooseKeys(keys: readonly Key[], query: string, order: KeyOrder): Key[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const textOf = ({ name, account, role, hint }: Key) => `${name} ${account.name} ${role} ${hint}`.toLowerCase();
  return keys.filter((key) => words.every((word) => textOf(key).includes(word))).sort(orders[order].compare);
}

/** Those that never come compare as equal. */
function time(text: string | null, never: number): number {
  if (text !== null) return Date.parse(text);
  return never === Infinity ? Number.MAX_SAFE_INTEGER : never;
}
