import type { Role } from '../api/schema';

/** The word for a role among the shared texts. */
export function roleName(role: Role) {
  return role === 'platform' ? 'platformRole' : role;
}
