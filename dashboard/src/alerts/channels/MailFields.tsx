import { Fieldset, NumberInput, Select, SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core';
import type { ChannelFormState } from './ChannelEditor';
import { useChannelsText } from './text';

/** Where mail goes out, and from whom to whom. */
export function MailFields({ form }: { form: ChannelFormState }) {
  const say = useChannelsText();
  return (
    <Fieldset legend={say('mail')}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <TextInput label={say('host')} required {...form.getInputProps('host')} />
          <NumberInput label={say('port')} required min={1} max={65_535} allowDecimal={false} {...form.getInputProps('port')} />
          <Select label={say('security')} allowDeselect={false} data={['starttls', 'tls', 'none']} {...form.getInputProps('security')} />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={say('user')} autoComplete="off" {...form.getInputProps('user')} />
          <TextInput label={say('password')} description={say('masked')} autoComplete="off" {...form.getInputProps('password')} />
        </SimpleGrid>
        <TextInput label={say('mailFrom')} required {...form.getInputProps('from')} />
        <TagsInput label={say('mailTo')} description={say('mailToHow')} maxTags={50} splitChars={[',', ' ', ';']} {...form.getInputProps('to')} />
      </Stack>
    </Fieldset>
  );
}
