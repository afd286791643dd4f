import { isProblem } from './problem.ts';

export const randomKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** One wish of a person: the same key is sent until the wish was answered or became another wish. */
export interface Intent {
  run<T>(body: unknown, send: (key: string) => Promise<T>): Promise<T>;
}

/** Keeps the key over lost answers and retries; a new body or a definite answer begins a new intent. */
export function createIntent(newKey: () => string = randomKey): Intent {
  let open: { key: string; body: string } | undefined;
  return {
    async run(body, send) {
      const serialised = JSON.stringify(body);
      if (open?.body !== serialised) open = { key: newKey(), body: serialised };
      const { key } = open;
      try {
        const answer = await send(key);
        open = undefined;
        return answer;
      } catch (error) {
        if (isDefinite(error)) open = undefined;
        throw error;
      }
    },
  };
}

/** Services keep business answers (4xx); they never keep these, so the same key may still be answered. */
function isDefinite(error: unknown): boolean {
  if (!isProblem(error)) return false;
  const { code, status } = error;
  if (code === 'idempotency-key-running' || code === 'offline') return false;
  return status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
}
