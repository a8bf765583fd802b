import { Button, Group, Modal, Select } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import type { FileView } from '../api/schema';
import { formatBytes } from '../format/number';
import { useCommon } from '../language/common';
import { useMay } from '../session/session';
import { useFilesText } from './text';
import { UploadForm } from './UploadForm';

const label = (file: FileView) => `${file.name} · ${formatBytes(file.size)}`;

/** Chooses one of the tenant's files by name, or uploads one. */
export function FilePicker({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const say = useFilesText();
  const common = useCommon();
  const may = useMay();
  const [open, { open: show, close }] = useDisclosure();
  const [search, setSearch] = useState('');
  const [typed] = useDebouncedValue(search.includes(' · ') ? '' : search, 250);
  const found = useQuery({
    queryKey: ['files', 'pick', typed],
    queryFn: () => bodyOf(api.GET('/api/v1/files', { params: { query: { name: typed ? `*${typed}*` : undefined, limit: 50 } } })),
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({
    queryKey: ['files', 'one', value],
    queryFn: () => bodyOf(api.GET('/api/v1/files/{id}', { params: { path: { id: value } } })),
    enabled: value !== '',
  });
  const options = (found.data?.files ?? []).map((file) => ({ value: file.id, label: label(file) }));
  if (value !== '' && !options.some((one) => one.value === value)) options.unshift({ value, label: chosen.data ? label(chosen.data) : value });
  return (
    <Group align="flex-end" gap="xs">
      <Select
        label={say('pick')} description={say('pickHow')} searchable clearable data={options} value={value || null} onChange={(id) => onChange(id ?? '')} flex={1} miw={200}
        onSearchChange={setSearch} filter={({ options: all }) => all} error={chosen.error ? chosen.error.message : undefined} nothingFoundMessage={common('none')}
      />
      {may('files_manage') && <Button variant="default" onClick={show}>{say('uploadNew')}</Button>}
      <Modal opened={open} onClose={close} title={say('upload')} closeButtonProps={{ 'aria-label': common('close') }}>
        <UploadForm onUploaded={({ file }) => { onChange(file.id); close(); }} />
      </Modal>
    </Group>
  );
}
