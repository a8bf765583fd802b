import { Button, Group, Loader, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { formatNumber } from '../format/number';
import { useCommon } from '../language/common';

/** That something runs, for how long already, and a way to cancel it. */
export function Elapsed({ since, onCancel }: { since: number; onCancel: () => void }) {
  const common = useCommon();
  const [now, setNow] = useState(since);
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(ticking);
  }, []);
  return (
    <Group gap="sm">
      <Loader size="xs" aria-hidden />
      <Text size="sm" ff="monospace" role="timer">{formatNumber(Math.max(0, now - since) / 1000, 1)} s</Text>
      <Button size="compact-sm" variant="default" onClick={onCancel}>{common('cancel')}</Button>
    </Group>
  );
}
