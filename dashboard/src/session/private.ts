import type { SessionView } from '../api/schema';

const prefix = 'outrider-private:';

/** What this browser keeps for one user only, until it signs out. */
export function keepPrivate(session: SessionView, name: string, value: unknown): void {
  try {
    localStorage.setItem(keyOf(session, name), JSON.stringify(value));
  } catch {
    // A full store, or none: it is a convenience and nothing else.
  }
}

/** What was kept; undefined: nothing, or nothing that can be read. */
export function readPrivate(session: SessionView, name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(keyOf(session, name)) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Forgets what was kept, whose ever it is. */
export function forgetPrivate(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
}

function keyOf({ tenant, name: user }: SessionView, name: string): string {
  return `${prefix}${name}:${tenant}/${user}`;
}
