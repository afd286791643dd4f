import type { Logger } from '@shopstack/kit/log';

const POLL_MS = 1000;

/** The sessions whose access tokens this replica refuses: what it ended itself, and what it reads of the others. */
export function createEndedSessions() {
  let read: ReadonlySet<string> = new Set();
  const own = new Map<string, number>();

  return {
    has: (sid: string): boolean => own.has(sid) || read.has(sid),
    add: (sids: readonly string[]): void => {
      for (const sid of sids) own.set(sid, Date.now());
    },
    /** Polls until it is closed; what was read last stays while the store is away. */
    async follow(readEnded: () => Promise<string[]>, log: Logger): Promise<{ close(): void }> {
      const refresh = async () => {
        const startedAt = Date.now();
        read = new Set(await readEnded());
        for (const [sid, at] of own) if (at < startedAt) own.delete(sid);
      };
      await refresh();
      const timer = setInterval(() => {
        refresh().catch(() => log.debug('the ended sessions are as last read'));
      }, POLL_MS);
      timer.unref();
      return { close: () => clearInterval(timer) };
    },
  };
}
