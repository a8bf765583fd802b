import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useCommon } from '../language/common';
import { copyText } from './copyText';

/** Puts a text on the clipboard; one that is long to make is made only then. */
export function Copy({ text, label }: { text: string | (() => string); label?: string }) {
  const common = useCommon();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const telling = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(telling);
  }, [copied]);
  const copy = () => void copyText(typeof text === 'string' ? text : text()).then(() => setCopied(true));
  return <Button size="xs" variant="default" onClick={copy} style={{ flexShrink: 0 }}>{copied ? common('copied') : label ?? common('copy')}</Button>;
}
