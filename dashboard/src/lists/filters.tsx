import { Group, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { fromLocalInput, toLocalInput } from '../format/time';
import { useCommon } from '../language/common';
import { SearchInput } from './SearchInput';
import { useAddress } from './useAddress';

/** The filters of a list, side by side; each one is a parameter of the address. */
export function Filters({ children }: { children: ReactNode }) {
  return <Group gap="xs" mb="md" align="flex-end" role="search">{children}</Group>;
}

/** A filter that is typed; it takes hold when typing pauses. */
export function FilterText({ name, label, placeholder }: { name: string; label: string; placeholder?: string }) {
  const { get, set } = useAddress();
  return <SearchInput label={label} value={get(name)} onChange={(text) => set({ [name]: text })} {...(placeholder && { placeholder })} />;
}

/** A filter that is chosen. */
export function FilterSelect({ name, label, data }: { name: string; label: string; data: { value: string; label: string }[] }) {
  const say = useCommon();
  const { get, set } = useAddress();
  return (
    <Select
      size="xs" w={150} label={label} placeholder={say('all')} clearable data={data} value={get(name) || null}
      onChange={(value) => set({ [name]: value ?? undefined })}
    />
  );
}

/** From when to when, in the viewer's zone; the address holds it in UTC. */
export function FilterSpan() {
  return <><FilterTime name="from" /><FilterTime name="to" /></>;
}

function FilterTime({ name }: { name: 'from' | 'to' }) {
  const say = useCommon();
  const { get, set } = useAddress();
  const value = get(name);
  return (
    <TextInput
      size="xs" type="datetime-local" label={say(name)} value={value ? toLocalInput(value) : ''}
      onChange={(event) => set({ [name]: fromLocalInput(event.currentTarget.value) })}
    />
  );
}
