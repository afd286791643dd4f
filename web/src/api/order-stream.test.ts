import { describe, expect, test } from '@jest/globals';
import type { Order } from '@shopstack/contracts/order';
import { backOffMs, type Connection, followOrder } from './order-stream.ts';
import { ApiProblem } from './problem.ts';

const event = (version: number, status: string) =>
  `id: ${version}\nevent: order\ndata: ${JSON.stringify({ version, status })}\n\n`;

/** Each script is what one connection does: the text it sends before it ends, or the error it fails with. */
function follow(scripts: readonly (string | Error)[], stop = new AbortController()) {
  const log = { asked: [] as (string | undefined)[], waits: [] as number[], versions: [] as number[] };
  const connections: Connection[] = [];
  const gone: unknown[] = [];
  const left = [...scripts];
  const finished = followOrder({
    signal: stop.signal,
    isFinal: ({ status }: Order) => status === 'completed',
    onOrder: ({ version }) => log.versions.push(version),
    onConnection: (state) => connections.push(state),
    onGone: (error) => gone.push(error),
    wait: async (ms) => {
      log.waits.push(ms);
    },
    open: async (lastEventId) => {
      log.asked.push(lastEventId);
      const script = left.shift();
      if (left.length === 0 && script === undefined) stop.abort();
      if (script instanceof Error) throw script;
      return new Response(script ?? '');
    },
  });
  return finished.then(() => ({ ...log, connections, gone }));
}
const offline = new ApiProblem({ code: 'offline', status: 0 });

describe('following an order', () => {
  test('ends when the order is final', async () => {
    const result = await follow([event(1, 'placed') + event(2, 'completed')]);
    expect(result.versions).toEqual([1, 2]);
    expect(result.asked).toEqual([undefined]);
    expect(result.connections).toEqual(['connecting', 'live', 'ended']);
  });

  test('comes back after an interruption and says what it has seen', async () => {
    const result = await follow([event(1, 'placed') + event(2, 'confirmed'), event(3, 'completed')]);
    expect(result.asked).toEqual([undefined, '2']);
    expect(result.versions).toEqual([1, 2, 3]);
    expect(result.connections).toEqual(['connecting', 'live', 'waiting', 'connecting', 'live', 'ended']);
  });

  test('waits longer after every failure in a row, and short again after an event', async () => {
    const result = await follow([
      offline,
      offline,
      offline,
      event(1, 'placed'),
      offline,
      event(2, 'completed'),
    ]);
    expect(result.waits).toEqual([1000, 2000, 4000, 1000, 2000]);
  });

  test('never waits longer than 15 seconds', () => {
    expect([0, 1, 2, 3, 4, 10].map(backOffMs)).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
  });

  test('gives up when the order is not for this person', async () => {
    const missing = new ApiProblem({ code: 'not-found', status: 404 });
    const result = await follow([missing, event(1, 'completed')]);
    expect(result.gone).toEqual([missing]);
    expect(result.versions).toEqual([]);
  });

  test('stops at once when nobody watches any more', async () => {
    const stop = new AbortController();
    stop.abort();
    expect((await follow([event(1, 'placed')], stop)).asked).toEqual([]);
  });
});
