import { startTransition, useEffect, useState } from 'react';
import type { Subscribe } from '#shared/contract/live.ts';
import { tokenInUse } from '../api/client.ts';
import { endSession, queryClient, sessionQuery } from '../api/queries.ts';
import { LiveConnection, type LiveState } from './connection.ts';

/** A refused connection is a lost session, unless the server says otherwise when asked. */
async function isStillSignedIn(): Promise<boolean> {
  try {
    const { account } = await queryClient.fetchQuery({
      ...sessionQuery,
      queryKey: ['session-check'],
      staleTime: 0,
    });
    if (account === null) endSession('expired');
    return account !== null;
  } catch {
    return true;
  }
}

/** The live figures of one subscription; a changed request subscribes anew on the same connection. */
export function useLive(request: Subscribe, wallboard: boolean): LiveState & { current: boolean } {
  const [connection] = useState(() => new LiveConnection(wallboard, tokenInUse(), isStillSignedIn));
  const [state, setState] = useState(connection.getSnapshot);
  const wanted = JSON.stringify(request);

  useEffect(() => {
    connection.want(JSON.parse(wanted));
  }, [connection, wanted]);
  useEffect(() => {
    // A transition is drawn in slices: who types or scrolls is not held up by figures that move.
    const draw = () => startTransition(() => setState(connection.getSnapshot()));
    draw();
    return connection.subscribe(draw);
  }, [connection]);
  useEffect(() => {
    void connection.open();
    return () => connection.close();
  }, [connection]);

  return { ...state, current: state.of === wanted };
}

/** The time, once a second, for words such as "3 s geleden". */
export function useNow(every = 1000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
