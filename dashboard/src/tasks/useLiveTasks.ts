import { useState } from 'react';
import type { TaskView } from '../api/schema';
import { useLive } from '../api/useLive';
import { isOver } from './taskTypes';

// Of one subscription (docs/formats/live-feed.md).
const most = 16;

/** The tasks with the newest states that the live feed told of those that aren't over. */
export function useLiveTasks(tasks: TaskView[]): TaskView[] {
  const [newest, setNewest] = useState<ReadonlyMap<string, TaskView>>(new Map());
  const watched = tasks.filter((task) => !isOver(task.status)).slice(0, most).map((task) => task.id);
  useLive(watched.length === 0 ? null : { tasks: watched }, ({ tasks: news }) => {
    const states = (news ?? []).flatMap(({ state }) => (state ? [state] : []));
    if (states.length > 0) setNewest((known) => new Map([...known, ...states.map((state) => [state.id, state] as const)]));
  });
  return tasks.map((task) => newer(task, newest.get(task.id)));
}

/** Of two states of a task the later one. */
export function newer(known: TaskView, told: TaskView | undefined): TaskView {
  return told && Date.parse(told.updated_at) > Date.parse(known.updated_at) ? told : known;
}
