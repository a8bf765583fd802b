import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from 'react-router';
import { api, bodyOf } from '../api/client';
import { useCommon } from '../language/common';
import { useAct } from '../lists/useAct';
import { FormModal } from '../settings/FormModal';
import { TenantFieldInputs } from './TenantFieldInputs';
import { creationOf, isTenantId, newTenant, type TenantFields } from './tenantForm';
import { usePlatformText } from './text';

/** A button that makes a tenant, and then leads to it. */
export function NewTenant() {
  const say = usePlatformText();
  const common = useCommon();
  const navigate = useNavigate();
  const [open, { open: begin, close }] = useDisclosure();
  const form = useForm<TenantFields>({ initialValues: newTenant, validate: { id: (id) => (isTenantId(id.trim()) ? null : say('badId')) } });
  const create = useAct((fields: TenantFields) => bodyOf(api.POST('/api/v1/tenants', { body: creationOf(fields) })), ['tenants'], undefined, ({ id }) => void navigate(`/platform/${id}`));
  return (
    <>
      <Button size="xs" onClick={begin}>{say('create')}</Button>
      <FormModal title={say('create')} opened={open} onClose={close} submit={common('create')} busy={create.isPending} onSubmit={form.onSubmit((fields) => create.mutate(fields))}>
        <TextInput label={say('id')} description={say('idHow')} required maxLength={63} autoComplete="off" data-autofocus {...form.getInputProps('id')} />
        <TenantFieldInputs form={form} />
      </FormModal>
    </>
  );
}
