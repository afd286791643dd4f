import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { problem } from '@shopstack/kit/problem';

/** OWASP's argon2id parameters: 19 MiB, two passes, one lane. argon2id is the library's default algorithm. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const MOST_WAITING = 200;

/** Unicode forms of the same text are the same password. */
const prepare = (password: string): string => password.normalize('NFKC');

/**
 * Password hashing with bounded memory and threads; work beyond the queue is refused with Problem `unavailable`.
 * `verify` takes the same time whether there is a hash or not.
 */
export async function createPasswords(options: { concurrency: number }) {
  const inTurn = createQueue(options.concurrency);
  const nobodys = await hash(randomBytes(24), COST);
  return {
    hash: (password: string): Promise<string> => inTurn(() => hash(prepare(password), COST)),
    verify: (stored: string | undefined, password: string): Promise<boolean> =>
      inTurn(async () => (await verify(stored ?? nobodys, prepare(password))) && stored !== undefined),
  };
}
export type Passwords = Awaited<ReturnType<typeof createPasswords>>;

function createQueue(concurrency: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= concurrency) {
      if (waiting.length >= MOST_WAITING)
        throw problem('unavailable', 'Too many people are signing in.', { retryAfterSeconds: 2 });
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
