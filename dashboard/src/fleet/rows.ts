import type { LiveValues } from '../api/useLive';
import type { AgentStatus, FleetAgent, FleetPage } from '../api/schema';
import { pageOf, pageSize } from './filter';

/** What an agent's row shows that changes all the time; null: unknown. */
export interface Figures {
  status: AgentStatus;
  cpu: number | null;
  memory: number | null;
  disk: number | null;
}

export const liveMetrics = ['host_cpu_percent_normalized', 'host_memory_percent', 'host_disk_percent'];

const figureOf: Record<string, 'cpu' | 'memory' | 'disk'> = {
  host_cpu_percent_normalized: 'cpu', host_memory_percent: 'memory', host_disk_percent: 'disk',
};

/** What the live feed knows of each agent. Of several file systems the fullest counts, as in the list. */
export function liveFigures({ values, statuses }: LiveValues): Map<string, Partial<Figures>> {
  const figures = new Map<string, Partial<Figures>>();
  for (const [agent, status] of statuses) figures.set(agent, { status });
  for (const { agent, metric, value } of values.values()) {
    const name = figureOf[metric];
    const known = figures.get(agent);
    if (name && known && value !== null) known[name] = Math.max(known[name] ?? 0, value);
  }
  return figures;
}

/** What a row shows: the newest of both. An agent that is offline measures nothing, so that what the list still knows of it stands. */
export function figuresOf(agent: FleetAgent, live: Partial<Figures> | undefined): Figures {
  const status = live?.status ?? agent.status;
  const newest = status === 'offline' ? undefined : live;
  return {
    status,
    cpu: newest?.cpu ?? agent.cpu_percent ?? null,
    memory: newest?.memory ?? agent.memory_percent ?? null,
    disk: newest?.disk ?? agent.disk_percent ?? null,
  };
}

/** The highest of what can run full, for screens that have room for one. */
export function worstOf(figures: Figures): { name: 'cpu' | 'memory' | 'disk'; percent: number } | null {
  const known = (['cpu', 'memory', 'disk'] as const).flatMap((name) => (figures[name] === null ? [] : [{ name, percent: figures[name] }]));
  return known.reduce<(typeof known)[number] | null>((worst, one) => (worst === null || one.percent > worst.percent ? one : worst), null);
}

/** The row at an index, if its page is there. */
export function rowAt(pages: ReadonlyMap<number, FleetPage>, index: number): FleetAgent | undefined {
  return pages.get(pageOf(index))?.items[index % pageSize];
}
