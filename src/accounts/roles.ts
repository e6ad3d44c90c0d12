/** Each may all that those before it may. */
export const roles = ['caller', 'manager', 'admin'] as const;

export type Role = (typeof roles)[number];

/** Whether `role` is at least `needed`. */
export function hasRole(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
