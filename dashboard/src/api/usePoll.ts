import { pollLists } from './queries';
import { useConnection } from './useLive';

// News comes by the live feed, but not of everything a list is filtered and sorted by.
const whileLive = 20_000;

/** How often what the live feed tells of is asked for as well: seldom while it is connected and `told`, else as often as any list. */
export function usePoll(told = true): number {
  const connection = useConnection();
  return connection === 'open' && told ? whileLive : pollLists;
}
