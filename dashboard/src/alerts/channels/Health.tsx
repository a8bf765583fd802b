import { Badge, Group, Text } from '@mantine/core';
import type { ChannelView } from '../../api/schema';
import { useChannelsText } from './text';

/** Whether a channel tells what it is to tell. */
export function Health({ channel }: { channel: ChannelView }) {
  const say = useChannelsText();
  const { health } = channel;
  const [text, color] = channel.enabled === false ? ['disabled', 'gray'] as const
    : !health?.last_attempt_at ? ['untried', 'gray'] as const
    : health.failures > 0 ? ['fails', 'red'] as const
    : ['works', 'green'] as const;
  return (
    <Group gap={6}>
      <Badge variant="light" className="contrast" color={color} data-health={text}>{say(text)}</Badge>
      {health !== null && health !== undefined && health.waiting > 0 && <Text size="xs">{say('waiting_', { count: health.waiting })}</Text>}
    </Group>
  );
}
