import { Alert, Button, Checkbox, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, bodyOf } from '../api/client';
import type { ExpertArgument, ExpertView } from '../api/schema';
import { Elapsed } from '../lists/Elapsed';
import { Section } from '../lists/Section';
import { ErrorState } from '../lists/states';
import { useRun } from '../lists/useRun';
import { type Answers, argumentsOf, askedOf, defaultsOf } from './arguments';
import { useDiagnosisText } from './text';

/** Asks an expert about an agent's database, and leads to its report. */
export function RunPanel({ agent, experts, expert: first }: { agent: string; experts: ExpertView[]; expert: string }) {
  const say = useDiagnosisText();
  const [name, setName] = useState(first);
  const [answers, setAnswers] = useState<Answers>({});
  const expert = experts.find((one) => one.name === name) ?? experts[0];
  const run = useDiagnosis(agent);
  if (!expert) return null;
  const filled = { ...defaultsOf(expert.arguments), ...answers };
  return (
    <Section title={say('run')} about={say('runAbout')}>
      <form onSubmit={(event) => { event.preventDefault(); run.start({ expert: expert.name, arguments: argumentsOf(expert.arguments, filled) }); }}>
        <Stack align="flex-start">
          <Select
            label={say('expert')} data={experts.map((one) => ({ value: one.name, label: one.title }))} value={expert.name} allowDeselect={false} w={{ base: '100%', xs: 320 }}
            onChange={(chosen) => { setName(chosen ?? ''); setAnswers({}); }}
          />
          <Text size="sm" c="dimmed" maw={720} lang="en">{expert.description}</Text>
          <Group align="flex-end">
            {askedOf(expert.arguments).map((argument) => (
              <Argument key={argument.name} argument={argument} value={filled[argument.name]} onChange={(value) => setAnswers({ ...answers, [argument.name]: value })} />
            ))}
          </Group>
          {run.since === null ? <Button type="submit">{say('start')}</Button> : <Elapsed since={run.since} onCancel={run.cancel} />}
          {run.cancelled && run.since === null && <Alert color="gray" role="status">{say('cancelled')}</Alert>}
          {run.error && <ErrorState error={run.error} />}
        </Stack>
      </form>
    </Section>
  );
}

interface Question {
  expert: string;
  arguments: Record<string, string | number | boolean>;
}

/** Runs an expert with evidence of now, and shows the report when it is there. */
export function useDiagnosis(agent: string) {
  const navigate = useNavigate();
  const client = useQueryClient();
  return useRun(
    ({ expert, arguments: given }: Question, signal) => bodyOf(api.POST('/api/v1/agents/{agent}/diagnoses', {
      // The generator knows no object of any members.
      params: { path: { agent } }, body: { expert, arguments: given as Record<string, never>, fresh: true }, signal,
    })),
    (report) => {
      void client.invalidateQueries({ queryKey: ['diagnoses', agent] });
      void navigate(`/diagnosis/${encodeURIComponent(agent)}/${report.id}`);
    },
  );
}

function Argument({ argument, value, onChange }: { argument: ExpertArgument; value: string | boolean | undefined; onChange: (value: string | boolean) => void }) {
  const { name, type, description } = argument;
  if (type === 'boolean') return <Checkbox label={name} description={description} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
  const text = typeof value === 'string' ? value : '';
  if (type === 'integer') return <NumberInput label={name} description={description} allowDecimal={false} value={text} onChange={(number) => onChange(String(number))} />;
  return <TextInput label={name} description={description} maxLength={256} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
}
