import { Alert, Code, Group, Stack, Text } from '@mantine/core';
import { useCommon } from '../language/common';
import { Copy } from '../lists/Copy';

/** Something that the centre tells only now: it stays on the page until it is closed. */
export function ShownOnce({ title, texts, onClose }: { title: string; texts: { about?: string; text: string }[]; onClose: () => void }) {
  const common = useCommon();
  return (
    <Alert color="green" variant="light" title={title} withCloseButton closeButtonLabel={common('close')} onClose={onClose} role="status">
      <Stack gap="xs">
        {texts.map(({ about, text }) => (
          <div key={text}>
            {about && <Text size="sm">{about}</Text>}
            <Group gap="xs" wrap="nowrap" align="flex-start">
              <Code block className="wrap" style={{ whiteSpace: 'pre-wrap', flex: 1, minWidth: 0 }} data-shown-once>{text}</Code>
              <Copy text={text} />
            </Group>
          </div>
        ))}
      </Stack>
    </Alert>
  );
}
