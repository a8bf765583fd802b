/** How a credential stands: `live`, or why it isn't. */
export type Life = 'live' | 'expired' | 'isRevoked';

export function lifeOf(credential: { expires_at: string | null; revoked_at: string | null }, now = Date.now()): Life {
  if (credential.revoked_at !== null) return 'isRevoked';
  return credential.expires_at !== null && Date.parse(credential.expires_at) <= now ? 'expired' : 'live';
}

/** Those that live first, then the newest first. */
export function byLife<T extends { expires_at: string | null; revoked_at: string | null; created_at: string }>(credentials: T[], now = Date.now()): T[] {
  const rank = (one: T) => (lifeOf(one, now) === 'live' ? 0 : 1);
  return [...credentials].sort((a, b) => rank(a) - rank(b) || b.created_at.localeCompare(a.created_at));
}
