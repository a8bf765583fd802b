import type { AgentStatus } from '../api/schema';

/** The orders there are. True: the highest first is what one asks for. */
export const sorts = { worst: false, name: false, status: false, cpu: true, memory: true, disk: true, alerts: true, last_seen: false };

export type FleetSort = keyof typeof sorts;

/** Which agents the overview shows, and in which order: what its address says. */
export interface FleetFilter {
  search: string;
  /** `name=value`; all must hold. */
  labels: string[];
  status: AgentStatus | undefined;
  sort: FleetSort;
  descending: boolean;
}


export const statuses: AgentStatus[] = ['online', 'degraded', 'offline'];

/** Agents of a page that the centre is asked for. */
export const pageSize = 100;

export function filterOf(params: URLSearchParams): FleetFilter {
  const sort = params.get('sort') ?? '';
  const known: FleetSort = sort in sorts ? (sort as FleetSort) : 'worst';
  return {
    search: params.get('search') ?? '',
    labels: params.getAll('label').filter((label) => label.includes('=')),
    status: statuses.find((status) => status === params.get('status')),
    sort: known,
    descending: params.get('order') === null ? sorts[known] : params.get('order') === 'desc',
  };
}

export function isFiltered(filter: FleetFilter): boolean {
  return filter.search !== '' || filter.labels.length > 0 || filter.status !== undefined;
}

/** The changes of the address that a choice of an order makes: the same one again turns it round. What goes without saying isn't said. */
export function reorder(filter: FleetFilter, sort: FleetSort): { sort: string | undefined; order: string | undefined } {
  const descending = sort === filter.sort ? !filter.descending : sorts[sort];
  return { sort: sort === 'worst' ? undefined : sort, order: descending === sorts[sort] ? undefined : descending ? 'desc' : 'asc' };
}

/** The parameters of the question for a page. */
export function questionOf(filter: FleetFilter, page: number, size: number) {
  return {
    ...(filter.search && { search: filter.search }),
    ...(filter.labels.length > 0 && { label: filter.labels }),
    ...(filter.status && { status: filter.status }),
    sort: filter.sort,
    descending: filter.descending,
    page,
    page_size: size,
  };
}

/** The page, from 1, that a row is on. */
export function pageOf(row: number): number {
  return Math.floor(row / pageSize) + 1;
}

/** The pages that rows are on, with some ahead of those, as far as there are any; and that of the row with the focus. */
export function pagesOf(first: number, last: number, matching: number, focus = first, ahead = 20): number[] {
  const end = Math.min(last + ahead, Math.max(0, matching - 1));
  const from = pageOf(Math.max(0, Math.min(first, end) - ahead));
  const pages = Array.from({ length: pageOf(end) - from + 1 }, (_, index) => from + index);
  const focused = pageOf(Math.min(focus, Math.max(0, matching - 1)));
  return pages.includes(focused) ? pages : [focused, ...pages];
}
