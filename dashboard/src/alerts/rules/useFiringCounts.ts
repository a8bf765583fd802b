import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { useAlertNews } from '../useAlertNews';

const most = 100;

/** How many alerts of a rule fire, as text: `3`, or `3+` where more fire than were counted; undefined: that isn't known. */
export function useFiringCounts(): (rule: string) => string | undefined {
  const refetchInterval = useAlertNews();
  const { data } = useQuery({
    queryKey: ['alerts', 'firing-counts'],
    queryFn: () => bodyOf(api.GET('/api/v1/alerts', { params: { query: { limit: most } } })),
    refetchInterval,
  });
  if (!data) return () => undefined;
  return (rule) => {
    const count = data.alerts.filter((one) => one.rule === rule).length;
    return data.next === null ? String(count) : count === 0 ? undefined : `${count}+`;
  };
}
