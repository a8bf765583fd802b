import { Button, CopyButton, Grid, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { api, bodyOf } from '../api/client';
import { useCommon } from '../language/common';
import { AgentPicker } from '../lists/AgentPicker';
import { Section } from '../lists/Section';
import { PageHead } from '../lists/states';
import { useAct } from '../lists/useAct';
import { BodyJson } from './new/BodyJson';
import { PolicyVerdict } from './new/PolicyVerdict';
import { RunFields } from './new/RunFields';
import { TargetFields } from './new/TargetFields';
import { addressOfDraft, draftOfAddress } from './new/taskAddress';
import { fanoutOf, isWhole, type TaskDraft, taskOf } from './new/taskDraft';
import { useNewTaskText } from './new/text';
import { WorkFields } from './new/WorkFields';
import { TaskTabs } from './TaskTabs';
import { useTasksText } from './text';

/** A task to be made; the address says what the form begins with. */
export default function NewTaskPage() {
  const say = useTasksText();
  const location = useLocation();
  return (
    <>
      <PageHead title={say('newTask')} />
      <TaskTabs />
      <NewTask key={location.key} initial={draftOfAddress(location)} />
    </>
  );
}

function NewTask({ initial }: { initial: TaskDraft }) {
  const say = useNewTaskText();
  const [draft, setDraft] = useState(initial);
  const [view, setView] = useState('form');
  const change = (changes: Partial<TaskDraft>) => setDraft((before) => ({ ...before, ...changes }));
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack>
          <SegmentedControl aria-label={say('how')} value={view} onChange={setView} data={[{ value: 'form', label: say('form') }, { value: 'json', label: say('json') }]} />
          {view === 'json'
            ? <BodyJson draft={draft} onChange={setDraft} />
            : <><TargetFields draft={draft} onChange={change} /><WorkFields draft={draft} onChange={change} /><RunFields draft={draft} onChange={change} /></>}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}><Send draft={draft} /></Grid.Col>
    </Grid>
  );
}

/** The policy's verdict, and beside it the button. */
function Send({ draft }: { draft: TaskDraft }) {
  const say = useNewTaskText();
  const common = useCommon();
  const navigate = useNavigate();
  const [sample, setSample] = useState('');
  const send = useAct(
    async (task: TaskDraft) => task.many
      ? `/fanouts/${(await bodyOf(api.POST('/api/v1/fanouts', { body: fanoutOf(task) }))).id}`
      : `/tasks/${(await bodyOf(api.POST('/api/v1/tasks', { body: taskOf(task) }))).id}`,
    ['tasks', 'fanouts'], undefined, (address) => void navigate(address),
  );
  const aimed = draft.many ? draft.agents.length > 0 || Object.keys(draft.labels).length > 0 : draft.agent !== '';
  return (
    <Section title={say('verdict')}>
      <Stack gap="sm">
        {draft.many && <><Text size="sm" c="dimmed">{say('verdictMany')}</Text><AgentPicker label={say('verdictOf')} value={sample} onChange={setSample} /></>}
        <PolicyVerdict draft={draft} agent={draft.many ? sample : draft.agent} />
        <Button loading={send.isPending} disabled={!aimed || !isWhole(draft)} onClick={() => send.mutate(draft)}>{say(draft.many ? 'sendMany' : 'send')}</Button>
        <CopyButton value={new URL(addressOfDraft(draft), window.location.origin).href}>
          {({ copied, copy }) => <Button variant="subtle" size="xs" onClick={copy}>{copied ? common('copied') : say('copyLink')}</Button>}
        </CopyButton>
      </Stack>
    </Section>
  );
}
