import { Anchor, Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, bodyOf } from '../api/client';
import { pollLists } from '../api/queries';
import type { FileView } from '../api/schema';
import { formatBytes } from '../format/number';
import { useCommon } from '../language/common';
import { ConfirmButton } from '../lists/ConfirmButton';
import { type Column, DataTable } from '../lists/DataTable';
import { Filters, FilterSelect, FilterText } from '../lists/filters';
import { Pager } from '../lists/Pager';
import { Answered, EmptyState, PageHead } from '../lists/states';
import { TimeText } from '../lists/TimeText';
import { useAct } from '../lists/useAct';
import { useAddress } from '../lists/useAddress';
import { useMay, useSession } from '../session/session';
import { FileLinkDialog } from './FileLinkDialog';
import type { FileKind } from './limits';
import { useFilesText } from './text';
import { UploadForm } from './UploadForm';

/** What people hand to agents, and what agents bring back. */
export default function FilesPage() {
  const say = useFilesText();
  const common = useCommon();
  const may = useMay();
  const { get } = useAddress();
  const asked = { name: get('name') || undefined, kind: (get('kind') || undefined) as FileKind | undefined, after: get('after') || undefined, limit: 50 };
  const query = useQuery({
    queryKey: ['files', asked],
    queryFn: () => bodyOf(api.GET('/api/v1/files', { params: { query: asked } })),
    refetchInterval: pollLists,
    placeholderData: (before) => before,
  });
  return (
    <>
      <PageHead title={common('files')}>{may('files_manage') && <Upload />}</PageHead>
      <Filters>
        <FilterText name="name" label={say('nameFilter')} placeholder="*.sql" />
        <FilterSelect name="kind" label={say('kind')} data={(['user', 'artefact'] as const).map((value) => ({ value, label: say(value) }))} />
      </Filters>
      <Answered query={query}>
        {({ files, next }) => files.length === 0
          ? <EmptyState title={say('none')}>{say('noneHow')}</EmptyState>
          : <><FileTable files={files} /><Pager next={next} /></>}
      </Answered>
    </>
  );
}

function Upload() {
  const say = useFilesText();
  const common = useCommon();
  const [open, { open: show, close }] = useDisclosure();
  return (
    <>
      <Button size="xs" onClick={show}>{say('upload')}</Button>
      <Modal opened={open} onClose={close} title={say('upload')} closeButtonProps={{ 'aria-label': common('close') }}>
        <UploadForm
          onUploaded={({ file, known }) => {
            notifications.show({ title: known ? say('known') : say('uploaded'), message: file.name, color: 'green' });
            close();
          }}
        />
      </Modal>
    </>
  );
}

function FileTable({ files }: { files: FileView[] }) {
  const say = useFilesText();
  const common = useCommon();
  const columns: Column<FileView>[] = [
    { key: 'name', title: say('file'), cell: (one) => <Anchor href={one.path} download size="sm" className="wrap" title={common('download')}>{one.name}</Anchor> },
    { key: 'size', title: say('size'), align: 'right', cell: (one) => formatBytes(one.size) },
    { key: 'kind', title: say('kind'), cell: (one) => say(one.kind) },
    { key: 'type', title: common('type'), cell: (one) => one.content_type, wide: true },
    { key: 'sha256', title: say('checksum'), cell: (one) => <Text size="xs" ff="monospace" className="wrap" maw={240}>{one.sha256}</Text>, wide: true },
    { key: 'created', title: common('created'), cell: (one) => <TimeText at={one.created_at} /> },
    { key: 'by', title: say('by'), cell: (one) => one.created_by, wide: true },
    { key: 'actions', title: common('actions'), cell: (one) => <FileActions file={one} /> },
  ];
  return <DataTable label={common('files')} columns={columns} rows={files} rowKey={(one) => one.id} />;
}

function FileActions({ file }: { file: FileView }) {
  const say = useFilesText();
  const common = useCommon();
  const may = useMay();
  const { name, role } = useSession();
  const remove = useAct((id: string) => api.DELETE('/api/v1/files/{id}', { params: { path: { id } } }), ['files'], say('deleted'));
  const deletes = may('files_manage') && (role === 'admin' || file.created_by === `user:${name}`);
  return (
    <Group gap={4}>
      {may('tasks_run') && <Button component={Link} to={`/tasks/new?type=file&file_id=${file.id}`} size="compact-xs" variant="default">{say('useInTask')}</Button>}
      {may('files_manage') && <FileLinkDialog file={file} />}
      {deletes && <ConfirmButton label={common('delete')} question={say('deleteQuestion', { name: file.name })} onConfirm={() => remove.mutate(file.id)} />}
    </Group>
  );
}
