import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { api } from '../api/client';
import type { FanoutView, TaskView } from '../api/schema';
import { useCommon } from '../language/common';
import { useAct } from '../lists/useAct';
import { useMay, useSession } from '../session/session';
import { useTasksText } from './text';

type Subject = Pick<TaskView | FanoutView, 'id' | 'approval' | 'created_by'>;

interface Props {
  subject: Subject;
  kind: 'task' | 'fanout';
}

/** Approves or rejects what waits for a second person; who asked for it is told that it takes another. */
export function Decide({ subject, kind }: Props) {
  const say = useTasksText();
  const may = useMay();
  const session = useSession();
  if (subject.approval?.state !== 'waiting' || !may('tasks_approve')) return null;
  if (subject.created_by === `user:${session.name}`) return <Text size="sm" c="dimmed">{say('yours')}</Text>;
  return <Group gap={4} wrap="nowrap"><Decision subject={subject} kind={kind} way="approve" /><Decision subject={subject} kind={kind} way="reject" /></Group>;
}

function Decision({ subject, kind, way }: Props & { way: 'approve' | 'reject' }) {
  const say = useTasksText();
  const common = useCommon();
  const [open, { open: show, close }] = useDisclosure();
  const [note, setNote] = useState('');
  const decide = useAct(() => send(subject.id, kind, way, note), ['tasks', 'fanouts'], say('decided'), close);
  return (
    <>
      <Button size="compact-xs" variant={way === 'approve' ? 'filled' : 'default'} onClick={show}>{say(way)}</Button>
      <Modal opened={open} onClose={close} title={say(way)} closeButtonProps={{ 'aria-label': common('close') }}>
        <form onSubmit={(event) => { event.preventDefault(); decide.mutate(undefined); }}>
          <Stack>
            <Text size="sm">{say('decideHow')}</Text>
            <Textarea label={common('note')} autosize minRows={2} data-autofocus value={note} onChange={(event) => setNote(event.currentTarget.value)} />
            <Button type="submit" color={way === 'reject' ? 'red' : undefined} loading={decide.isPending}>{say(way)}</Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}

function send(id: string, kind: 'task' | 'fanout', way: 'approve' | 'reject', note: string): Promise<unknown> {
  const what = { params: { path: { id } }, body: { note: note || null } };
  if (kind === 'task') return way === 'approve' ? api.POST('/api/v1/tasks/{id}/approve', what) : api.POST('/api/v1/tasks/{id}/reject', what);
  return way === 'approve' ? api.POST('/api/v1/fanouts/{id}/approve', what) : api.POST('/api/v1/fanouts/{id}/reject', what);
}
