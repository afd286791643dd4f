import type { User } from '@shopstack/contracts/user';
import { ApiProblem, isProblem, problemOf } from './problem.ts';

export interface SignedIn {
  accessToken: string;
  expiresInSeconds: number;
  user: User;
}
export type SessionState =
  | { status: 'unknown' }
  | { status: 'guest'; ended: boolean }
  | { status: 'signed-in'; user: User };

/** What a session needs from the browser; tests pass their own. */
export interface SessionPorts {
  fetch: typeof fetch;
  now: () => number;
  /** Remembers over reloads that there is a refresh cookie worth trying. */
  memory: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Tabs share the rotating cookie: two refreshes at once would look like a stolen token. */
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
}

const HINT = 'signed-in';
const EARLY_MS = 15_000;

/** The access token lives in memory only; the refresh token is an HttpOnly cookie that scripts never see. */
export function createSession(ports: SessionPorts) {
  let state: SessionState = ports.memory.getItem(HINT)
    ? { status: 'unknown' }
    : { status: 'guest', ended: false };
  let access: { token: string; expiresAt: number } | undefined;
  let refreshing: Promise<string | undefined> | undefined;
  const listeners = new Set<() => void>();

  const become = (next: SessionState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  const adopt = (answer: SignedIn) => {
    access = { token: answer.accessToken, expiresAt: ports.now() + answer.expiresInSeconds * 1000 };
    ports.memory.setItem(HINT, '1');
    become({ status: 'signed-in', user: answer.user });
  };
  const leave = (ended: boolean) => {
    access = undefined;
    ports.memory.removeItem(HINT);
    become({ status: 'guest', ended });
  };
  const requestRefresh = async (): Promise<string | undefined> => {
    const wasSignedIn = state.status === 'signed-in';
    const response = await ports
      .fetch('/api/v1/user/sessions/refresh', { method: 'POST', credentials: 'same-origin' })
      .catch(() => undefined);
    if (!response) throw new ApiProblem({ code: 'offline', status: 0 });
    if (response.ok) {
      const answer: SignedIn = await response.json();
      adopt(answer);
      return answer.accessToken;
    }
    const problem = await problemOf(response);
    if (!isProblem(problem, 'refresh-rejected', 'account-disabled', 'unauthenticated')) throw problem;
    leave(wasSignedIn);
    return undefined;
  };
  const refresh = (): Promise<string | undefined> => {
    refreshing ??= ports.exclusively(requestRefresh).finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };

  return {
    state: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** A usable access token, refreshed beforehand when it is about to expire; undefined for guests. */
    token: async (): Promise<string | undefined> => {
      if (state.status === 'guest') return undefined;
      if (access && access.expiresAt - EARLY_MS > ports.now()) return access.token;
      return refresh();
    },
    /** After a 401: one refresh for all callers that hold the refused token. */
    renew: async (refused: string): Promise<string | undefined> =>
      access && access.token !== refused ? access.token : refresh(),
    adopt,
    updateUser: (user: User) => become({ status: 'signed-in', user }),
    leave: () => leave(false),
  };
}
export type Session = ReturnType<typeof createSession>;
