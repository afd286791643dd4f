import { globSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '@shopstack/stack/running-shop';
import type { Arena } from '../arena/arena.ts';
import type { Injector } from './injection.ts';

const CUT_BYTES = 9;
const STARTS_WITHIN_MS = 15_000;

/** Its last command is half there. It must start, and its log must tell of the loss. */
export const damagedRedis: Injector = async (_target, { arena, history }) => {
  const pid = processOf(arena);
  const logBefore = statSync(arena.at.layout.logFile('redis')).size;
  history.add({ type: 'cart-loss-allowed', at: Date.now() });
  arena.shop.kill('redis', 'SIGKILL');
  while (pid !== undefined && isAlive(pid)) await sleep(2);
  const file = newestFile(arena);
  truncateSync(file, Math.max(0, statSync(file).size - CUT_BYTES));
  return async () => {
    const began = Date.now();
    while (!isReady(arena) && Date.now() - began < STARTS_WITHIN_MS) await sleep(50);
    history.add({ type: 'cart-loss-allowed', at: Date.now() });
    const log = readFileSync(arena.at.layout.logFile('redis'), 'utf8').slice(logBefore);
    const fault = !isReady(arena)
      ? 'did not start with a damaged file'
      : /truncat|short read/i.test(log)
        ? undefined
        : 'did not tell of the loss';
    if (fault) history.add({ type: 'finding', at: Date.now(), promise: 'I10', id: 'redis', detail: fault });
    return fault ?? 'started, and told of the loss';
  };
};

const redisOf = (arena: Arena) => arena.shop.parts.find(({ name }) => name === 'redis');
const processOf = (arena: Arena) => redisOf(arena)?.pid;
const isReady = (arena: Arena) => redisOf(arena)?.state === 'ready';

function newestFile(arena: Arena): string {
  const folder = join(arena.at.layout.folder('redis'), 'appendonlydir');
  const files = globSync('*.incr.aof', { cwd: folder }).map((name) => join(folder, name));
  const newest = files.toSorted((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs).at(-1);
  if (newest === undefined) throw new Error('Redis has no append-only file');
  return newest;
}
