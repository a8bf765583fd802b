import { Anchor, Button, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { TaskView } from '../../api/schema';
import { formatBytes } from '../../format/number';
import { Section } from '../../lists/Section';
import { ErrorState } from '../../lists/states';
import { useTasksText } from '../text';
import { LogList } from './LogList';
import { findRows } from './logRows';
import { useTaskLog } from './useTaskLog';

const streams = ['stdout', 'stderr', 'note'] as const;

/** What a task writes, as it writes it. */
export function TaskLog({ task, onState }: { task: TaskView; onState: (task: TaskView) => void }) {
  const say = useTasksText();
  const { log, complete, error } = useTaskLog(task, onState);
  const [stream, setStream] = useState<string>('');
  const [follow, setFollow] = useState(true);
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search, 250);
  const [match, setMatch] = useState(0);
  const rows = useMemo(() => (stream === '' ? log.rows : log.rows.filter((row) => row.stream === stream || row.missing)), [log.rows, stream]);
  const found = useMemo(() => findRows(rows, wanted), [rows, wanted]);
  const at = found.length === 0 ? undefined : found[match % found.length];
  const seek = (text: string) => {
    setSearch(text);
    setMatch(0);
    if (text !== '') setFollow(false);
  };
  const next = () => {
    setFollow(false);
    setMatch((before) => (found.length === 0 ? 0 : (before + 1) % found.length));
  };
  return (
    <Section title={say('log')} actions={<RawLinks task={task} />}>
      <Stack gap="xs">
        <Group gap="sm" align="flex-end">
          <Select size="xs" w={140} label={say('stream')} value={stream} onChange={(value) => setStream(value ?? '')} data={[{ value: '', label: say('all') }, ...streams.map((value) => ({ value, label: say(value) }))]} allowDeselect={false} />
          <TextInput
            size="xs" type="search" label={say('searchLog')} value={search} onChange={(event) => seek(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && next()}
          />
          {wanted !== '' && <Button size="xs" variant="default" disabled={found.length === 0} onClick={next}>{say('nextMatch')} ({say('matches', { count: found.length })})</Button>}
          <Switch mb={6} size="sm" label={say('follow')} checked={follow} onChange={(event) => setFollow(event.currentTarget.checked)} />
        </Group>
        {error !== null && <ErrorState error={error} />}
        {log.dropped > 0 && <Text size="xs" role="status">{say('dropped', { count: log.dropped })}</Text>}
        {rows.length === 0
          ? <Text size="sm" c="dimmed">{say(complete ? 'noLogEnd' : 'noLog')}</Text>
          : <LogList rows={rows} follow={follow} onFollow={setFollow} at={wanted === '' ? undefined : at} found={wanted} />}
      </Stack>
    </Section>
  );
}

/** The bytes of each stream as they are kept. */
function RawLinks({ task }: { task: TaskView }) {
  const say = useTasksText();
  const { log } = task;
  if (!log) return null;
  return (
    <Group gap="sm">
      {streams.filter((stream) => log[stream] > 0).map((stream) => (
        <Anchor key={stream} size="xs" href={`/api/v1/tasks/${encodeURIComponent(task.id)}/logs/raw?stream=${stream}`} download={`${task.id}.${stream}.log`}>
          {say('raw', { stream: say(stream) })} ({formatBytes(log[stream])})
        </Anchor>
      ))}
    </Group>
  );
}
