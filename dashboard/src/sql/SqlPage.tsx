import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { api, bodyOf } from '../api/client';
import { useCommon } from '../language/common';
import { AgentPicker } from '../lists/AgentPicker';
import { copyText } from '../lists/copyText';
import { Elapsed } from '../lists/Elapsed';
import { Section } from '../lists/Section';
import { EmptyState, ErrorState, PageHead } from '../lists/states';
import { useAddress } from '../lists/useAddress';
import { useRun } from '../lists/useRun';
import { Editor } from './Editor';
import { HistorySection } from './HistorySection';
import { type Caps, capsOf, Limits } from './Limits';
import { Result } from './Result';
import { useSqlText } from './text';
import { useHistory } from './useHistory';
import { useVerdict } from './useVerdict';
import { Verdict } from './Verdict';

interface Question {
  agent: string;
  sql: string;
  caps: Caps;
}

/** Asks the database of an agent, read-only. Agent and statement stay out of the address until they are shared: a statement may say more than a link should. */
export default function SqlPage() {
  const say = useSqlText();
  const common = useCommon();
  const { get, set } = useAddress();
  const [agent, setAgent] = useState(get('agent'));
  const [sql, setSql] = useState(get('sql'));
  const [caps, setCaps] = useState<Caps>({ rows: '', seconds: '', bytes: '' });
  const field = useRef<HTMLTextAreaElement>(null);
  const verdictId = useId();
  const { history, add, clear } = useHistory();
  const judged = useVerdict(agent, sql);
  const refused = judged.isPresent && judged.verdict?.allowed === false;
  const run = useRun(
    (question: Question, signal) => ask(question, signal).catch((failure: unknown) => {
      if (!signal.aborted) add({ agent: question.agent, sql: question.sql, at: new Date().toISOString(), rows: null });
      throw failure;
    }),
    (answer, question) => add({ agent: question.agent, sql: question.sql, at: new Date().toISOString(), rows: answer.row_count }),
  );
  const ready = agent !== '' && sql.trim() !== '' && !refused && run.since === null;
  const start = () => ready && run.start({ agent, sql, caps });
  const share = () => {
    set({ agent, sql });
    const link = `${location.origin}${location.pathname}?${new URLSearchParams({ agent, sql })}`;
    void copyText(link).then(() => notifications.show({ message: say('shared'), color: 'green', closeButtonProps: { 'aria-label': common('close') } }));
  };
  const show = (position: number) => {
    field.current?.focus();
    field.current?.setSelectionRange(position, Math.min(sql.length, position + 1));
  };
  return (
    <Stack>
      <PageHead title={common('sql')} />
      <Group align="flex-end">
        <AgentPicker value={agent} onChange={setAgent} />
        {agent !== '' && <Databases agent={agent} />}
      </Group>
      {agent === '' && <Text size="sm" c="dimmed">{say('pickAgent')}</Text>}
      <Editor value={sql} onChange={setSql} onRun={start} invalid={refused} describedBy={verdictId} field={field} />
      {agent !== '' && <Verdict id={verdictId} sql={sql} judged={judged} onShow={show} />}
      <Group align="flex-end">
        {run.since === null
          ? <Button onClick={start} disabled={!ready}>{say('run')}</Button>
          : <Elapsed since={run.since} onCancel={run.cancel} />}
        <Button variant="default" onClick={share} disabled={agent === '' || sql.trim() === ''}>{say('share')}</Button>
        <Limits caps={caps} onChange={setCaps} />
      </Group>
      <Section title={say('result')}>
        {run.cancelled && run.since === null && <Alert color="gray" role="status">{say('cancelled')}</Alert>}
        {run.error && <ErrorState error={run.error} />}
        {run.result ? <Result answer={run.result} /> : !run.error && !run.cancelled && <EmptyState title={say('noResult')}>{say('noResultHow')}</EmptyState>}
      </Section>
      <HistorySection history={history} onClear={clear} onUse={(past) => { setAgent(past.agent); setSql(past.sql); field.current?.focus(); }} />
    </Stack>
  );
}

function ask({ agent, sql, caps }: Question, signal: AbortSignal) {
  return bodyOf(api.POST('/api/v1/agents/{agent}/sql', { params: { path: { agent } }, body: { sql, ...capsOf(caps) }, signal }));
}

/** The databases that an agent looks after, and how each is. */
function Databases({ agent }: { agent: string }) {
  const say = useSqlText();
  const { data } = useQuery({ queryKey: ['agent', agent], queryFn: () => bodyOf(api.GET('/api/v1/agents/{agent}', { params: { path: { agent } } })) });
  if (!data) return null;
  if (data.databases.length === 0) return <Text size="sm">{say('noDatabase')}</Text>;
  return (
    <div>
      {data.databases.map(({ name, state, version, message }) => (
        <Text key={name} size="sm" className="wrap">{say('databaseState', { name: version ? `${name} ${version}` : name, state: message ?? state })}</Text>
      ))}
    </div>
  );
}
