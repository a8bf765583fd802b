import { Alert, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { messageOf } from '../../api/problem';
import { isWhole, type TaskDraft, taskOf } from './taskDraft';
import { useNewTaskText } from './text';

// Each question goes to the agent.
const pause = 600;

/** What the agent's own policy says of a task, before it is sent. */
export function PolicyVerdict({ draft, agent }: { draft: TaskDraft; agent: string }) {
  const say = useNewTaskText();
  const [settled] = useDebouncedValue(draft, pause);
  const ready = agent !== '' && isWhole(settled);
  const body = { ...taskOf(settled), agent_id: agent };
  const query = useQuery({
    queryKey: ['task-check', body],
    queryFn: () => bodyOf(api.POST('/api/v1/tasks/check', { body })),
    enabled: ready,
    retry: false,
    gcTime: 0,
  });
  if (!ready) return <Text size="sm" c="dimmed" role="status">{say('verdictFirst')}</Text>;
  if (settled !== draft || query.isPending) return <Text size="sm" c="dimmed" role="status">{say('checking')}</Text>;
  if (query.error) return <Alert color="gray" title={say('unknown')} role="status" data-verdict="unknown"><Text size="sm" className="wrap">{messageOf(query.error)}</Text></Alert>;
  const { allowed, code, rule, message } = query.data;
  if (allowed) return <Alert color="green" title={say('allowed')} role="status" data-verdict="allowed">{rule && <Text size="sm">{say('byRule', { rule })}</Text>}</Alert>;
  return (
    <Alert color="red" title={say('refused')} role="status" data-verdict="refused">
      <Text size="sm" className="wrap">{message}</Text>
      <Text size="xs" ff="monospace">{rule ? say('byRule', { rule }) : code}</Text>
    </Alert>
  );
}
