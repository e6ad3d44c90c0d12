import { permissionDenied } from './errors.ts';
import { hasRole, type Role } from './roles.ts';
import type { AuthenticatedKey } from './schema.ts';

/** Throws 403 `permission_denied` when the key's role is lower than `needed`. */
export function checkRole(key: Pick<AuthenticatedKey, 'key_name' | 'role'>, needed: Role): void {
  if (!hasRole(key.role, needed)) throw permissionDenied(key.key_name, key.role, needed);
}

/** Whose things a key may look at: its own account's; null for those of all accounts. */
export function findScope(key: Pick<AuthenticatedKey, 'account_id' | 'role'>): number | null {
  return hasRole(key.role, 'admin') ? null : key.account_id;
}
