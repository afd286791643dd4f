import type { Bus } from '@shopstack/bus/connection';
import { type Handler, on } from '@shopstack/bus/handler';
import type { MessageDefinition } from '@shopstack/contracts/message';
import type { Logger } from '@shopstack/kit/log';
import { type Reply, replies } from '../domain/saga/messages.ts';
import type { Orders } from '../store/orders.ts';

interface Deps {
  orders: Pick<Orders, 'learn'>;
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
    prefetch: 20,
    ready: deps.ready,
    handlers: replies.map((definition) => handlerOf(definition, deps)),
  });
}

function handlerOf(definition: (typeof replies)[number], deps: Deps): Handler {
  const known: MessageDefinition = definition;
  return on(known, async (data, received) => {
    // The bus has checked the data against this very definition; the pair is one member of the union.
    const message = { type: definition.type, data } as Reply;
    const outcome = await deps.orders.learn(message, {
      messageId: received.id,
      ...(received.causationId === undefined ? {} : { causationId: received.causationId }),
    });
    const about = { orderId: message.data.orderId, type: message.type, messageId: received.id };
    if (outcome === 'unknown') deps.log.warn(about, 'a message about an order we do not have');
    if (typeof outcome === 'string') return;
    deps.changed();
  });
}
