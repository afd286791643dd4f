import { setTimeout as pause } from 'node:timers/promises';

export interface SlackOptions {
  url: string | undefined;
  say: (line: string) => void;
  attempts?: number;
  timeoutMs?: number;
  pauseMs?: number;
}
export type Tell = (text: string) => Promise<void>;

/** Posts to an incoming webhook, again when that fails. Never throws and never prints the address. */
export function openSlack(options: SlackOptions): Tell {
  const { url, say, attempts = 3, timeoutMs = 5000, pauseMs = 500 } = options;
  if (url === undefined) return async () => undefined;
  return async (text) => {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await post(url, text, timeoutMs);
      if (outcome.kind === 'told') return;
      if (outcome.kind === 'rejected' || attempt >= attempts) {
        say(`Slack was not told (${outcome.why}); the release goes on`);
        return;
      }
      await pause(pauseMs * attempt);
    }
  };
}

type PostOutcome = { kind: 'told' } | { kind: 'failed' | 'rejected'; why: string };

async function post(url: string, text: string, timeoutMs: number): Promise<PostOutcome> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body?.cancel();
    if (answer.ok) return { kind: 'told' };
    const worthAnother = answer.status >= 500 || answer.status === 429;
    return { kind: worthAnother ? 'failed' : 'rejected', why: `status ${answer.status}` };
  } catch (error) {
    const slow = error instanceof Error && error.name === 'TimeoutError';
    return { kind: 'failed', why: slow ? `no answer in ${timeoutMs} ms` : 'no connection' };
  }
}
