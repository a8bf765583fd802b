import { NumberInput, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { TenantFields } from './tenantForm';
import { usePlatformText } from './text';

/** What the platform may say of a tenant. */
export function TenantFieldInputs({ form }: { form: UseFormReturnType<TenantFields> }) {
  const say = usePlatformText();
  return (
    <>
      <TextInput label={say('displayName')} description={say('nameHow')} maxLength={100} autoComplete="off" {...form.getInputProps('name')} />
      <Textarea label={say('description')} autosize minRows={1} maxRows={4} {...form.getInputProps('description')} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NumberInput label={say('agentQuota')} description={say('quotaHow')} min={0} allowDecimal={false} {...form.getInputProps('agents')} />
        <NumberInput label={say('queryQuota')} description={say('quotaHow')} min={0} allowDecimal={false} {...form.getInputProps('queries')} />
      </SimpleGrid>
      <TextInput label={say('agentUrl')} description={say('agentUrlHow')} autoComplete="off" {...form.getInputProps('agentUrl')} />
    </>
  );
}
