import { createHttp } from './http.ts';
import { createSession } from './session.ts';
import { createTraceparent } from './traceparent.ts';

const withLock = <T>(work: () => Promise<T>): Promise<T> =>
  // Locks exist in secure contexts only; without them one tab's refresh is still a single flight.
  'locks' in navigator ? navigator.locks.request('session-refresh', work) : work();

export const session = createSession({
  fetch: (...request) => fetch(...request),
  now: () => Date.now(),
  memory: localStorage,
  exclusively: withLock,
});

const traceparent = createTraceparent(() => location.pathname);
export const http = createHttp(session, (...request) => fetch(...request), { traceparent });
