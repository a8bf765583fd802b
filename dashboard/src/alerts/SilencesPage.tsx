import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { pollCharts } from '../api/queries';
import type { SilenceView } from '../api/schema';
import { labelsText } from '../format/labels';
import { useCommon } from '../language/common';
import { ConfirmButton } from '../lists/ConfirmButton';
import { type Column, DataTable } from '../lists/DataTable';
import { Answered, EmptyState, PageHead } from '../lists/states';
import { TimeText } from '../lists/TimeText';
import { useAct } from '../lists/useAct';
import { useMay } from '../session/session';
import { AlertTabs } from './AlertTabs';
import { SilenceForm } from './SilenceForm';
import { useAlertsText } from './text';

/** What is kept quiet, now or later. */
export default function SilencesPage() {
  const say = useAlertsText();
  const common = useCommon();
  const may = useMay();
  const query = useQuery({ queryKey: ['silences'], queryFn: () => bodyOf(api.GET('/api/v1/silences')), refetchInterval: pollCharts });
  return (
    <>
      <PageHead title={common('alerts')}>{may('silences_manage') && <NewSilence />}</PageHead>
      <AlertTabs />
      <Answered query={query}>
        {({ silences }) => silences.length === 0
          ? <EmptyState title={say('noSilences')}>{say('noSilencesHow')}</EmptyState>
          : <SilenceTable silences={silences} />}
      </Answered>
    </>
  );
}

function NewSilence() {
  const say = useAlertsText();
  const common = useCommon();
  const [open, { open: show, close }] = useDisclosure();
  return (
    <>
      <Button size="xs" onClick={show}>{say('newSilence')}</Button>
      <Modal opened={open} onClose={close} title={say('newSilence')} closeButtonProps={{ 'aria-label': common('close') }}><SilenceForm onDone={close} /></Modal>
    </>
  );
}

function SilenceTable({ silences }: { silences: SilenceView[] }) {
  const say = useAlertsText();
  const common = useCommon();
  const may = useMay();
  const end = useAct((id: string) => api.DELETE('/api/v1/silences/{id}', { params: { path: { id } } }), ['silences', 'alerts'], say('ended'));
  const columns: Column<SilenceView>[] = [
    { key: 'rule', title: say('rule'), cell: (one) => one.rule ?? say('everything') },
    { key: 'agent', title: common('agent'), cell: (one) => one.agent ?? say('everything') },
    { key: 'labels', title: say('labels'), cell: (one) => labelsText(one.labels) || '–', wide: true },
    { key: 'from', title: common('from'), cell: (one) => <TimeText at={one.from} /> },
    { key: 'to', title: common('to'), cell: (one) => <TimeText at={one.to} /> },
    { key: 'comment', title: say('comment'), cell: (one) => one.comment ?? '–' },
    { key: 'by', title: common('by'), cell: (one) => one.by ?? '–', wide: true },
  ];
  if (may('silences_manage')) {
    columns.push({ key: 'end', title: common('actions'), cell: (one) => <ConfirmButton size="compact-xs" label={say('end')} question={say('endQuestion')} onConfirm={() => end.mutate(one.id!)} /> });
  }
  return <DataTable label={say('silences')} columns={columns} rows={silences} rowKey={(one) => one.id!} />;
}
