import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLive } from '../api/useLive';
import { usePoll } from '../api/usePoll';

/**
 * Has alerts asked for again when the live feed tells of any: a list's filters, order and pages are the centre's.
 * @returns how often to ask besides (milliseconds)
 */
export function useAlertNews(): number {
  const client = useQueryClient();
  const [refused, setRefused] = useState(false);
  useLive(
    { agents: ['*'], alerts: true },
    (update) => {
      if (update.alerts?.length || update.alerts_left_out) void client.invalidateQueries({ queryKey: ['alerts'] }, { cancelRefetch: false });
    },
    () => setRefused(true),
  );
  return usePoll(!refused);
}
