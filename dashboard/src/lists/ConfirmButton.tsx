import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useCommon } from '../language/common';

interface Props extends ButtonProps {
  /** On the button, and what is asked. */
  label: string;
  question: string;
  onConfirm: () => void;
}

/** A button for what can't be undone: it asks first. */
export function ConfirmButton({ label, question, onConfirm, ...looks }: Props) {
  const common = useCommon();
  const [open, { open: ask, close }] = useDisclosure();
  return (
    <>
      <Button size="compact-xs" variant="default" {...looks} onClick={ask}>{label}</Button>
      <Modal opened={open} onClose={close} title={label} closeButtonProps={{ 'aria-label': common('close') }}>
        <Stack>
          <Text size="sm" className="wrap">{question}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>{common('cancel')}</Button>
            <Button color="red" onClick={() => { close(); onConfirm(); }}>{label}</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
