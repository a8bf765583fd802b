import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { messageOf } from '../api/problem';
import { useCommon } from '../language/common';

/**
 * A change: tells that it is done or why it isn't, and has what it touches asked for again.
 * @param act what is done
 * @param touches the first parts of the keys of the queries that it changes
 */
export function useAct<A, R>(act: (argument: A) => Promise<R>, touches: string[], done?: string, onDone?: (result: R, argument: A) => void) {
  const say = useCommon();
  const client = useQueryClient();
  const closeButtonProps = { 'aria-label': say('close') };
  return useMutation({
    mutationFn: act,
    onSuccess: (result, argument) => {
      if (done) notifications.show({ message: done, color: 'green', closeButtonProps });
      for (const one of touches) void client.invalidateQueries({ queryKey: [one] });
      onDone?.(result, argument);
    },
    onError: (failure) => notifications.show({ title: say('failed'), message: messageOf(failure), color: 'red', autoClose: 15_000, closeButtonProps }),
  });
}
