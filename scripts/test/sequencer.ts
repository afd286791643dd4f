import { statSync } from 'node:fs';

/** What takes longest, by a run of all on two cores; whatever began last would be waited for alone. */
const longest =
  /\/(payment\/test\/(unknown|mpesa|mpesa-unknown|crash|conservation|start|tokens)|bus\/test\/(outage|broker)|dispatch\/test\/(recovery|dead-letter-faults)|kit\/test\/(service|keys)|stack\/test\/(shop|servers)|release\/test\/(crash|other-ways|concurrency)|terraform\/terraform|manifests\/src\/manifests|web\/e2e\/(pages|returns|customer|mpesa|payment|guest))\./;

/**
 * The order of test files: the longest first, then the largest; and of those that wait for stores and those that compute
 * one each in turn, so that both processors have something to do.
 */
class Sequencer {
  sort<T extends { path: string }>(tests: readonly T[]): T[] {
    const sizes = new Map(tests.map(({ path }) => [path, statSync(path).size]));
    const weight = ({ path }: T) => (longest.test(path) ? 1_000_000 : 0) + (sizes.get(path) ?? 0);
    const heaviestFirst = tests.toSorted((a, b) => weight(b) - weight(a));
    const waiting = heaviestFirst.filter(({ path }) => path.endsWith('.int.test.ts'));
    const computing = heaviestFirst.filter(({ path }) => !path.endsWith('.int.test.ts'));
    const turns = Math.max(waiting.length, computing.length);
    return Array.from({ length: turns }, (_, turn) => [waiting[turn], computing[turn]])
      .flat()
      .filter((it) => it !== undefined);
  }

  /** Times of earlier runs are not kept: a fresh clone has none. */
  cacheResults(): void {}
}

export { Sequencer as 'module.exports' };
