import { Alert, Button, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { ErrorState } from '../../lists/states';
import { useChannelsText } from './text';

/** Sends a test message now and shows what the receiver said. */
export function TestSend({ name }: { name: string }) {
  const say = useChannelsText();
  const client = useQueryClient();
  const send = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/v1/channels/{name}/test', { params: { path: { name } } })),
    onSettled: () => void client.invalidateQueries({ queryKey: ['channels'] }),
  });
  return (
    <Stack gap="xs" align="flex-start">
      <Button size="xs" variant="default" loading={send.isPending} onClick={() => send.mutate()}>{say('test')}</Button>
      {send.error && <ErrorState error={send.error} />}
      {send.data && (
        <Alert color={send.data.delivered ? 'green' : 'red'} title={say(send.data.delivered ? 'delivered' : 'notDelivered')} role="status" data-delivered={send.data.delivered}>
          <Text size="sm" className="wrap">{send.data.detail}</Text>
          {send.data.permanent && <Text size="sm">{say('permanent')}</Text>}
        </Alert>
      )}
    </Stack>
  );
}
