import { Button, CopyButton } from '@mantine/core';
import { useCommon } from '../language/common';

/** Puts a text on the clipboard. */
export function Copy({ text }: { text: string }) {
  const say = useCommon();
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => <Button size="xs" variant="default" onClick={copy}>{copied ? say('copied') : say('copy')}</Button>}
    </CopyButton>
  );
}
