import { Button, Group, SimpleGrid, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { fromLocalInput, toLocalInput } from '../format/time';
import { useCommon } from '../language/common';
import { useAddress } from '../lists/useAddress';
import { filterNames } from './filters';
import { useAuditText } from './text';

/** Which entries: all that is given must hold. What is in force stands in the address. */
export function AuditFilters() {
  const say = useAuditText();
  const common = useCommon();
  const { get, set } = useAddress();
  const time = (name: string) => (get(name) === '' || Number.isNaN(Date.parse(get(name))) ? '' : toLocalInput(get(name)));
  const form = useForm({
    initialValues: { actor: get('actor'), action: get('action'), target: get('target'), outcome: get('outcome'), task: get('task'), from: time('from'), to: time('to') },
  });
  const apply = ({ from, to, ...texts }: typeof form.values) =>
    set({ ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.trim()])), from: fromLocalInput(from), to: fromLocalInput(to) }, { push: true });
  const isFiltered = filterNames.some((name) => get(name) !== '');
  return (
    <form onSubmit={form.onSubmit(apply)} role="search">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="xs" style={{ alignItems: 'end' }}>
        <TextInput size="xs" label={say('actor')} placeholder={say('actorHow')} {...form.getInputProps('actor')} />
        <TextInput size="xs" label={say('action')} placeholder={say('actionHow')} {...form.getInputProps('action')} />
        <TextInput size="xs" label={say('target')} placeholder={say('targetHow')} {...form.getInputProps('target')} />
        <TextInput size="xs" label={say('outcome')} placeholder={say('outcomeHow')} {...form.getInputProps('outcome')} />
        <TextInput size="xs" label={say('task')} {...form.getInputProps('task')} />
        <TextInput size="xs" label={common('from')} type="datetime-local" {...form.getInputProps('from')} />
        <TextInput size="xs" label={common('to')} type="datetime-local" {...form.getInputProps('to')} />
        <Group gap="xs">
          <Button size="xs" type="submit">{say('apply')}</Button>
          {isFiltered && <Button size="xs" variant="default" onClick={() => set(Object.fromEntries(filterNames.map((name) => [name, undefined])), { push: true })}>{say('clear')}</Button>}
        </Group>
      </SimpleGrid>
    </form>
  );
}
