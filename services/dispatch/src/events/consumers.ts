import type { Bus } from '@shopstack/bus/connection';
import { type Handler, on } from '@shopstack/bus/handler';
import type { MessageDefinition } from '@shopstack/contracts/message';
import type { Logger } from '@shopstack/kit/log';
import type { Promised } from '../domain/promised.ts';
import { type Reply, replies } from '../domain/saga/messages.ts';
import type { Orders } from '../store/orders.ts';
import type { Courtesy } from './courtesy.ts';

interface Deps {
  orders: Pick<Orders, 'learn'>;
  promised: Pick<Promised, 'settle'>;
  courtesy: Courtesy;
  log: Logger;
  /** Called after a transition was committed. */
  changed: () => void;
  /** False while our own store is away: no message is taken then. */
  ready: () => Promise<boolean>;
}
/** Everything the participants answer, one transaction each. */
export function consumeReplies(bus: Bus, deps: Deps) {
  return bus.consume({
    queue: 'dispatch.replies',
    prefetch: 100,
    ready: deps.ready,
    handlers: replies.map((definition) => handlerOf(definition, deps)),
  });
}

function handlerOf(definition: (typeof replies)[number], deps: Deps): Handler {
  const known: MessageDefinition = definition;
  return on(known, async (data, received) => {
    // The bus has checked the data against this very definition; the pair is one member of the union.
    const message = { type: definition.type, data } as Reply;
    // Whatever is answered for an order, its stock was answered before or with it.
    deps.promised.settle(message.data.orderId);
    const outcome = await deps.courtesy.after(() =>
      deps.orders.learn(message, {
        messageId: received.id,
        ...(received.causationId === undefined ? {} : { causationId: received.causationId }),
      }),
    );
    const about = { orderId: message.data.orderId, type: message.type, messageId: received.id };
    if (outcome === 'unknown') deps.log.warn(about, 'a message about an order we do not have');
    if (typeof outcome === 'string') return;
    deps.changed();
  });
}
