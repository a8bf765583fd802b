import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '../api/client';
import { Section } from '../lists/Section';
import { useAct } from '../lists/useAct';
import { useMay } from '../session/session';
import { useAgentText } from './text';

/** Ends an agent for good, once its name has been typed. */
export function RemoveAgent({ agent }: { agent: string }) {
  const say = useAgentText();
  const may = useMay();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [withMetrics, setWithMetrics] = useState(false);
  const remove = useAct(
    () => api.DELETE('/api/v1/agents/{agent}', { params: { path: { agent }, query: withMetrics ? { metrics: 'delete' } : {} } }),
    ['fleet'], say('removed', { agent }), () => void navigate('/', { replace: true }),
  );
  return (
    <Section title={say('remove')} about={say('removeAbout')}>
      <form onSubmit={(event) => { event.preventDefault(); if (typed === agent) remove.mutate(undefined); }}>
        <Stack align="flex-start" gap="sm">
          <TextInput label={say('removeType', { agent })} autoComplete="off" w={{ base: '100%', sm: 320 }} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
          {may('metrics_manage') && <Checkbox label={say('removeMetrics')} checked={withMetrics} onChange={(event) => setWithMetrics(event.currentTarget.checked)} />}
          <Group><Button type="submit" color="red" size="xs" disabled={typed !== agent} loading={remove.isPending}>{say('remove')}</Button></Group>
        </Stack>
      </form>
    </Section>
  );
}
