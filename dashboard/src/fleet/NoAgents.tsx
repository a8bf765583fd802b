import { Anchor, Code, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, bodyOf } from '../api/client';
import { Copy } from '../lists/Copy';
import { EmptyState } from '../lists/states';
import { useMay } from '../session/session';
import { useFleetText } from './text';

/** There is no agent: how to enrol the first one, or whom to ask. */
export function NoAgents() {
  const say = useFleetText();
  const mayEnrol = useMay()('tenant_credentials_manage');
  const { data } = useQuery({ queryKey: ['install'], queryFn: () => bodyOf(api.GET('/api/v1/install')), enabled: mayEnrol, staleTime: Infinity });
  if (!mayEnrol) return <EmptyState title={say('empty')}>{say('emptyAsk')}</EmptyState>;
  return (
    <EmptyState title={say('empty')} action={<Anchor component={Link} to="/settings/enrolment">{say('toEnrolment')}</Anchor>}>
      {data?.available ? (
        <Stack gap="xs" align="center">
          {say('emptyHow')}
          <Group gap="xs" justify="center">
            <Code block className="wrap" aria-label={say('installCommand')} style={{ whiteSpace: 'pre-wrap', textAlign: 'start' }}>{data.command}</Code>
            <Copy text={data.command} />
          </Group>
        </Stack>
      ) : say('emptyManual')}
    </EmptyState>
  );
}
