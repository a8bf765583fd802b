import { Badge, Code, Group, Stack, Text } from '@mantine/core';
import { formatBytes } from '../../format/number';
import { useTasksText } from '../text';
import type { HttpResult } from './shapes';

/** What a server answered. */
export function HttpAnswer({ result }: { result: HttpResult }) {
  const say = useTasksText();
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Text size="sm">{say('httpStatus')}</Text>
        <Badge variant="light" className="contrast" color={result.status < 400 ? 'green' : 'red'}>{result.status} {result.reason}</Badge>
        {result.bytes !== undefined && <Text size="xs" c="dimmed">{formatBytes(result.bytes)}{result.encoding === 'base64' && ' · base64'}</Text>}
      </Group>
      <details>
        <summary><Text span size="sm">{say('headers')} ({result.headers.length})</Text></summary>
        <Code block>{result.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}</Code>
      </details>
      {result.body !== '' && <Code block mah={400} style={{ overflow: 'auto' }} tabIndex={0} role="region" aria-label={say('body')}>{result.body}</Code>}
      {result.truncated && <Text size="sm" c="dimmed">{say('truncated')}</Text>}
    </Stack>
  );
}
