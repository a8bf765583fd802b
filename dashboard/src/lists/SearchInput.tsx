import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
  placeholder?: string;
}

// As long as somebody types, nothing is asked for.
const rest = 250;

/** A text to filter by; told when the viewer pauses. */
export function SearchInput({ label, value, onChange, placeholder }: Props) {
  const [text, setText] = useState(value);
  const [told, setTold] = useState(value);
  const [seen, setSeen] = useState(value);
  const tell = useDebouncedCallback((typed: string) => {
    setTold(typed);
    onChange(typed);
  }, rest);
  // Changed by something else than typing: a link, or the way back.
  if (value !== seen) {
    setSeen(value);
    if (value !== told) setText(value);
  }
  const typed = (next: string) => {
    setText(next);
    tell(next.trim());
  };
  return (
    <TextInput
      type="search" size="xs" label={label} placeholder={placeholder} leftSection={<IconSearch size={14} aria-hidden />} maxLength={100}
      value={text} onChange={(event) => typed(event.currentTarget.value)}
    />
  );
}
