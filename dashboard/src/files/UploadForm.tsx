import { Alert, Button, FileInput, Group, Progress, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { formatBytes } from '../format/number';
import { useCommon } from '../language/common';
import { ErrorState } from '../lists/states';
import { endings, fileFault, type FileKind, mostBytes } from './limits';
import { useFilesText } from './text';
import type { Uploaded } from './upload';
import { useUpload } from './useUpload';

/** Chooses a file and sends it; what it may not be is told before a byte of it is sent. */
export function UploadForm({ onUploaded }: { onUploaded: (uploaded: Uploaded) => void }) {
  const say = useFilesText();
  const common = useCommon();
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<FileKind>('user');
  const upload = useUpload(onUploaded);
  const fault = file ? fileFault(file, kind) : undefined;
  const { progress } = upload;
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={say('kind')} value={kind} onChange={setKind} disabled={progress !== null}
        data={[{ value: 'user', label: say('user') }, { value: 'artefact', label: say('artefact') }]}
      />
      <Text size="sm" c="dimmed">{say(kind === 'user' ? 'userHow' : 'artefactHow', { endings: endings.join(', ') })}</Text>
      <FileInput
        label={say('choose')} clearable value={file} onChange={setFile} disabled={progress !== null}
        error={fault && say(fault, { size: formatBytes(file!.size), most: formatBytes(mostBytes[kind]), endings: endings.join(', ') })}
      />
      {progress && file && (
        <div role="status">
          <Text size="sm">{say(progress.phase === 'checksum' ? 'checksumming' : 'uploading', { name: file.name })} · {Math.floor(progress.share * 100)} %</Text>
          <Progress value={progress.share * 100} aria-label={say('uploading', { name: file.name })} />
        </div>
      )}
      <Failure failure={upload.failure} />
      <Group>
        <Button disabled={!file || fault !== undefined} loading={progress !== null} onClick={() => void upload.start(file!, kind)}>{say('send')}</Button>
        {progress && <Button variant="default" onClick={upload.cancel}>{common('cancel')}</Button>}
      </Group>
    </Stack>
  );
}

function Failure({ failure }: { failure: unknown }) {
  const say = useFilesText();
  if (failure === null) return null;
  if (failure instanceof DOMException && failure.name === 'AbortError') return <Alert role="status">{say('canceled')}</Alert>;
  if (failure instanceof TypeError) return <Alert color="red" role="alert">{say('unreachable')}</Alert>;
  return <ErrorState error={failure} />;
}
