/** Each may all that those before it may. */
export const roles = ['caller', 'manager', 'admin'] as const;

/** What a key may do; each route declares the roles that it takes. */
export type Role = (typeof roles)[number];

/** Whether `role` is at least `needed`. */
export function hasRole(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
