import { Alert, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { pollCharts } from '../../api/queries';
import { formatNumber, formatSeconds } from '../../format/number';
import { Section } from '../../lists/Section';
import { Answered } from '../../lists/states';
import { TimeText } from '../../lists/TimeText';
import { useRulesText } from './text';

/** How the evaluation of an expression is doing. */
export function Evaluation({ id }: { id: string }) {
  const say = useRulesText();
  const query = useQuery({
    queryKey: ['rules', 'evaluation', id],
    queryFn: () => bodyOf(api.GET('/api/v1/rules/{rule}/evaluation', { params: { path: { rule: id } } })),
    refetchInterval: pollCharts,
  });
  return (
    <Section title={say('evaluation')}>
      <Answered query={query}>
        {(state) => (
          <>
            <Group gap="xl">
              <Text size="sm">{say('evaluatedAt')}: <TimeText at={state.evaluated_at} /></Text>
              {state.evaluated_at && <Text size="sm">{say('took')}: {formatSeconds(state.took_seconds)}</Text>}
              <Text size="sm">{say('results')}: {formatNumber(state.results)} ({formatNumber(state.pending)} {say('pending')}, {formatNumber(state.firing)} {say('firing')})</Text>
            </Group>
            {state.problem && <Alert color="orange" mt="sm">{state.problem.message}</Alert>}
          </>
        )}
      </Answered>
    </Section>
  );
}
