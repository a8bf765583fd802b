import { useState } from 'react';
import { keepPrivate, readPrivate } from '../session/private';
import { useSession } from '../session/session';
import { historyOf, type Past, remember } from './history';

/** The viewer's own statements, kept in this browser. */
export function useHistory() {
  const session = useSession();
  const [history, setHistory] = useState(() => historyOf(readPrivate(session, 'sql')));
  const keep = (next: Past[]) => {
    keepPrivate(session, 'sql', next);
    setHistory(next);
  };
  // What another tab has kept meanwhile stays.
  return { history, add: (past: Past) => keep(remember(historyOf(readPrivate(session, 'sql')), past)), clear: () => keep([]) };
}
