import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { FileKind } from './limits';
import { type Progress, type Uploaded, uploadFile } from './upload';

/** One upload: how far it is, what came of it, and a way to cancel it. Leaving the page cancels it, too. */
export function useUpload(onDone: (uploaded: Uploaded) => void) {
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const canceling = useRef<AbortController>(null);
  useEffect(() => () => canceling.current?.abort(), []);
  const start = async (file: File, kind: FileKind) => {
    const mine = new AbortController();
    canceling.current = mine;
    setFailure(null);
    setProgress({ phase: kind === 'artefact' ? 'checksum' : 'sending', share: 0 });
    try {
      const uploaded = await uploadFile(file, kind, setProgress, mine.signal);
      void client.invalidateQueries({ queryKey: ['files'] });
      onDone(uploaded);
    } catch (thrown) {
      setFailure(thrown);
    } finally {
      setProgress(null);
    }
  };
  return { progress, failure, start, cancel: () => canceling.current?.abort() };
}
