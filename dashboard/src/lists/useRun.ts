import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

/**
 * Something that takes a while and can be cancelled, such as a query; leaving the page cancels it, too.
 * @returns `since`: when the present run began; null: none is under way.
 */
export function useRun<A, R>(run: (argument: A, signal: AbortSignal) => Promise<R>, onDone?: (result: R, argument: A) => void) {
  const controller = useRef<AbortController>(null);
  const [since, setSince] = useState<number | null>(null);
  const mutation = useMutation({
    mutationFn: (argument: A) => {
      controller.current?.abort();
      const mine = new AbortController();
      controller.current = mine;
      setSince(Date.now());
      return run(argument, mine.signal);
    },
    onSuccess: (result, argument) => onDone?.(result, argument),
    onSettled: () => setSince(null),
  });
  useEffect(() => () => controller.current?.abort(), []);
  const cancelled = mutation.error instanceof DOMException && mutation.error.name === 'AbortError';
  return {
    start: mutation.mutate,
    cancel: () => controller.current?.abort(),
    reset: mutation.reset,
    since,
    result: mutation.data,
    error: cancelled ? null : mutation.error,
    cancelled,
  };
}
