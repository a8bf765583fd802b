import { Button, Group } from '@mantine/core';
import { useCommon } from '../language/common';
import { useAddress } from './useAddress';

/** Pages of a list by cursor: the address holds where the page begins, the browser's own way back leads to the one before. */
export function Pager({ next }: { next?: string | null | undefined }) {
  const say = useCommon();
  const { get, set } = useAddress();
  const after = get('after');
  if (!next && !after) return null;
  return (
    <Group justify="flex-end" mt="sm" gap="xs">
      {after && <Button variant="default" size="xs" onClick={() => set({ after: undefined }, { push: true })}>{say('first')}</Button>}
      {next && <Button variant="default" size="xs" onClick={() => set({ after: next }, { keepPage: true, push: true })}>{say('next')}</Button>}
    </Group>
  );
}
