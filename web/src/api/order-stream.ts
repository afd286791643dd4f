import type { Order } from '@shopstack/contracts/order';
import { readEvents } from './event-stream.ts';
import { isProblem } from './problem.ts';

export type Connection = 'connecting' | 'live' | 'waiting' | 'ended';
export interface OrderStream {
  open: (lastEventId: string | undefined, signal: AbortSignal) => Promise<Response>;
  isFinal: (order: Order) => boolean;
  onOrder: (order: Order) => void;
  onConnection: (state: Connection) => void;
  onGone: (error: unknown) => void;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  signal: AbortSignal;
}

const FIRST_MS = 1000;
const LONGEST_MS = 15_000;
/** How long to wait before attempt `failures` + 1, without jitter: 1, 2, 4, 8, 15, 15 … seconds. */
export const backOffMs = (failures: number): number => Math.min(FIRST_MS * 2 ** failures, LONGEST_MS);

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms * (0.75 + Math.random() / 2));
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Follows an order until it is final or the signal aborts, and comes back after every interruption. */
export async function followOrder(stream: OrderStream): Promise<void> {
  const { signal, wait = pause } = stream;
  let lastEventId: string | undefined;
  let failures = 0;
  let final = false;

  const listen = async () => {
    stream.onConnection('connecting');
    const response = await stream.open(lastEventId, signal);
    stream.onConnection('live');
    await readEvents(response.body ?? new ReadableStream(), (event) => {
      failures = 0;
      if (event.id) lastEventId = event.id;
      if (event.event !== 'order') return;
      const order: Order = JSON.parse(event.data);
      final = stream.isFinal(order);
      stream.onOrder(order);
    });
  };

  while (!signal.aborted && !final) {
    try {
      await listen();
    } catch (error) {
      if (signal.aborted) return;
      if (isProblem(error, 'not-found', 'unauthenticated', 'forbidden')) return stream.onGone(error);
    }
    if (final || signal.aborted) break;
    stream.onConnection('waiting');
    await wait(backOffMs(failures), signal);
    failures += 1;
  }
  if (!signal.aborted) stream.onConnection('ended');
}
