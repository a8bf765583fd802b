import { Badge } from '@mantine/core';
import { lifeOf } from './life';
import { useSettingsText } from './text';

/** Whether a key or token is still good. */
export function LifeBadge({ credential }: { credential: { expires_at: string | null; revoked_at: string | null } }) {
  const life = lifeOf(credential);
  return <Badge variant="light" className="contrast" color={life === 'live' ? 'green' : 'gray'}>{useSettingsText()(life)}</Badge>;
}
