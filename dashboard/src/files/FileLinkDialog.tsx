import { Button, Code, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import type { FileView } from '../api/schema';
import { formatSeconds } from '../format/number';
import { formatTime } from '../format/time';
import { useCommon } from '../language/common';
import { Copy } from '../lists/Copy';
import { ErrorState } from '../lists/states';
import { useFilesText } from './text';

const lengths = [300, 3_600, 21_600, 86_400];

/** Makes a link to a file that needs no sign-in and ends soon. */
export function FileLinkDialog({ file }: { file: FileView }) {
  const say = useFilesText();
  const common = useCommon();
  const [open, { open: show, close }] = useDisclosure();
  const [seconds, setSeconds] = useState('3600');
  const make = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/v1/files/{id}/link', { params: { path: { id: file.id } }, body: { expires_seconds: Number(seconds) } })),
  });
  const url = make.data && new URL(make.data.url, location.origin).href;
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={show}>{say('link')}</Button>
      <Modal opened={open} onClose={() => { close(); make.reset(); }} title={say('linkTitle')} closeButtonProps={{ 'aria-label': common('close') }}>
        <Stack>
          <Text size="sm">{say('linkHow')}</Text>
          <Select label={say('lasts')} allowDeselect={false} value={seconds} onChange={(chosen) => chosen && setSeconds(chosen)} data={lengths.map((one) => ({ value: String(one), label: formatSeconds(one) }))} />
          <Group><Button loading={make.isPending} onClick={() => make.mutate()}>{say('makeLink')}</Button></Group>
          {make.error && <ErrorState error={make.error} />}
          {make.data && url && (
            <Stack gap="xs" role="status">
              <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{url}</Code>
              <Group><Copy text={url} /><Text size="sm">{say('until', { time: formatTime(make.data.expires_at) })}</Text></Group>
            </Stack>
          )}
        </Stack>
      </Modal>
    </>
  );
}
