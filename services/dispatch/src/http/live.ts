import { streamOrder } from '@shopstack/contracts/dispatch';
import { finalStatuses, type Order } from '@shopstack/contracts/order';
import { type Api, responded } from '@shopstack/kit/api';
import type { Logger } from '@shopstack/kit/log';
import { gauge } from '@shopstack/kit/metrics';
import { problem } from '@shopstack/kit/problem';
import type { Response } from 'express';
import type { FollowTokens } from '../domain/follow-token.ts';
import { toOrder } from '../domain/order.ts';
import type { OrderEvents } from '../store/order-events.ts';
import type { Orders } from '../store/orders.ts';
import { readFor } from './access.ts';

interface Stream {
  orderId: string;
  after: number;
  res: Response;
}
const held = gauge('shop_order_streams');
/** Nothing more is to come: an order that is over may still give money back. */
const isFinal = ({ status, refunds }: Order): boolean =>
  finalStatuses.includes(status) && refunds.every(({ state }) => state !== 'requested');

/** The streams this replica holds. One query per poll asks for the news of all of them. */
export function openStreams(deps: { events: OrderEvents; log: Logger; pollMs?: number; commentMs?: number }) {
  const streams = new Set<Stream>();
  let polling = false;
  let again = false;
  let closed = false;

  const end = (stream: Stream) => {
    if (!streams.delete(stream)) return;
    held.set(streams.size);
    stream.res.end();
  };
  const tell = (stream: Stream, order: Order) => {
    if (order.version <= stream.after) return;
    stream.after = order.version;
    stream.res.write(`id: ${order.version}\nevent: order\ndata: ${JSON.stringify(order)}\n\n`);
    if (isFinal(order)) end(stream);
  };
  const tellAll = (order: Order) => {
    for (const stream of streams) if (stream.orderId === order.id) tell(stream, order);
  };
  const poll = async (): Promise<void> => {
    again = polling;
    if (polling || streams.size === 0) return;
    polling = true;
    try {
      const news = await deps.events.since([...streams]);
      for (const order of news) tellAll(order);
    } catch (error) {
      deps.log.debug({ reason: String(error) }, 'live orders wait for the database');
    }
    polling = false;
    if (again) await poll();
  };
  const timers = [
    setInterval(() => void poll(), deps.pollMs ?? 500),
    setInterval(() => {
      for (const { res } of streams) res.write(': still here\n\n');
    }, deps.commentMs ?? 15_000),
  ];
  for (const timer of timers) timer.unref();

  return {
    /** Begins with the present state unless the reader has it; ends when the order is final. */
    hold: (res: Response, order: Order, lastVersion: number): void => {
      if (closed) throw problem('unavailable');
      res.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      const has = lastVersion === order.version && !isFinal(order);
      const stream: Stream = { orderId: order.id, after: has ? lastVersion : 0, res };
      streams.add(stream);
      held.set(streams.size);
      res.on('close', () => end(stream));
      res.on('error', () => end(stream));
      if (has) res.write(': you are up to date\n\n');
      else tell(stream, order);
    },
    /** Looks for news now instead of at the next poll. */
    nudge: () => void poll(),
    size: () => streams.size,
    close: () => {
      closed = true;
      for (const timer of timers) clearInterval(timer);
      for (const stream of [...streams]) end(stream);
    },
  };
}
export type Streams = ReturnType<typeof openStreams>;

export function live(
  api: Api,
  deps: { orders: Pick<Orders, 'read'>; followTokens: FollowTokens; streams: Streams },
): void {
  api.on(streamOrder, async (call) => {
    const { order } = await readFor(deps, call, call.params.id);
    const shown = Number(call.req.get('last-event-id'));
    deps.streams.hold(call.res, toOrder(order), Number.isInteger(shown) ? shown : 0);
    return responded;
  });
}
