import { useEffect, useEffectEvent, useState } from 'react';
import { api, bodyOf } from '../../api/client';
import { pollLists } from '../../api/queries';
import type { LogRowView, TaskView } from '../../api/schema';
import { useConnection, useLive } from '../../api/useLive';
import { isOver } from '../taskTypes';
import { append, type LogRows, noRows } from './logRows';

interface TaskLog {
  log: LogRows;
  /** All there will be is here. */
  complete: boolean;
  error: unknown;
}

const pageRows = 1_000;

// Of a long log many pages come at once: they are shown together (milliseconds).
const pace = 300;

/**
 * A task's log: while it runs as the live feed tells it, from the first row on; what the feed can't tell (it is down, refuses, or the task
 * is over) is read page by page behind the last row that is known.
 * @param onState told when the feed knows a newer state of the task
 */
export function useTaskLog(task: TaskView, onState: (task: TaskView) => void): TaskLog {
  const [log, setLog] = useState<LogRows>(noRows);
  const [complete, setComplete] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [refused, setRefused] = useState(false);
  const connection = useConnection();
  const over = isOver(task.status);
  const live = !over && !refused;
  useLive(
    live ? { tasks: [task.id] } : null,
    ({ tasks }) => {
      for (const news of tasks ?? []) {
        if (news.logs?.length) setLog((known) => append(known, news.logs!));
        if (news.state) onState(news.state);
      }
    },
    () => setRefused(true),
  );

  const readOn = useEffectEvent(async (stopped: () => boolean) => {
    let after = log.rows.at(-1)?.id;
    let read: LogRowView[] = [];
    let shown = 0;
    const show = (page: { complete: boolean }) => {
      const rows = read;
      read = [];
      shown = Date.now();
      setLog((known) => append(known, rows));
      setError(null);
      setComplete(page.complete);
    };
    try {
      for (;;) {
        const page = await bodyOf(api.GET('/api/v1/tasks/{id}/logs', { params: { path: { id: task.id }, query: { after, limit: pageRows } } }));
        if (stopped()) return;
        read.push(...page.logs);
        after = page.next ?? after;
        const last = page.complete || page.logs.length < pageRows;
        if (last || Date.now() - shown > pace) show(page);
        if (last) return;
      }
    } catch (failure) {
      if (!stopped()) setError(failure);
    }
  });
  const reads = !complete && (!live || connection === 'down');
  useEffect(() => {
    if (!reads) return undefined;
    let over = false;
    let timer: ReturnType<typeof setTimeout>;
    const round = async () => {
      await readOn(() => over);
      if (!over) timer = setTimeout(() => void round(), pollLists);
    };
    void round();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [reads, task.id]);
  return { log, complete, error };
}
