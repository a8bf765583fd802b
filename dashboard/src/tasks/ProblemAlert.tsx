import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Problem } from '../api/schema';
import { useTasksText } from './text';

// Codes with a word on what to change; others have the centre's message alone.
const advised = [
  'policy_refused', 'command_failed', 'timed_out', 'canceled', 'task_lost', 'approval_refused', 'approval_expired', 'agent_busy', 'agent_lacks_capability', 'agent_offline',
  'connection_not_configured', 'database_unreachable', 'sql_failed', 'file_not_found', 'invalid_argument', 'payload_too_large',
] as const;

/** Why something is no success, and what to change. */
export function ProblemAlert({ problem }: { problem: Problem }) {
  const say = useTasksText();
  const code = advised.find((one) => one === problem.code);
  const details = Object.entries(problem.details ?? {});
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={`${say('problem')} · ${problem.code}`} data-problem={problem.code}>
      <Stack gap={4}>
        <Text size="sm" className="wrap">{problem.message}</Text>
        {code && <Text size="sm">{say(`code_${code}`)}</Text>}
        {details.map(([name, value]) => <Text key={name} size="xs" ff="monospace" className="wrap">{name}: {value}</Text>)}
      </Stack>
    </Alert>
  );
}
