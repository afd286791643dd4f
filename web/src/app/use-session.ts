import { useEffect, useSyncExternalStore } from 'react';
import { session } from '../api/client.ts';

/** Who is using the shop; finds out after a reload, which costs one request for those who were signed in. */
export function useSession() {
  const state = useSyncExternalStore(session.subscribe, session.state);
  const unknown = state.status === 'unknown';
  useEffect(() => {
    if (unknown) void session.token().catch(() => undefined);
  }, [unknown]);
  return state;
}
