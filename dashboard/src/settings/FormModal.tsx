import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useCommon } from '../language/common';

interface Props {
  title: string;
  opened: boolean;
  onClose: () => void;
  onSubmit: (event?: FormEvent<HTMLFormElement>) => void;
  submit: string;
  busy: boolean;
  children: ReactNode;
}

/** A form of its own above the page. */
export function FormModal({ title, opened, onClose, onSubmit, submit, busy, children }: Props) {
  const common = useCommon();
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': common('close') }}>
      <form onSubmit={onSubmit}>
        <Stack>
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" loading={busy}>{submit}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
