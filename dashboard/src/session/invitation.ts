/** Whom a one-time link is for, by its token `oli.TENANT.NAME.SECRET`; empty: the first user of all, who chooses a name. Names may have dots. */
export function inviteeOf(token: string): string {
  const name = token.split('.').slice(2, -1).join('.');
  return name === '~' ? '' : name;
}
