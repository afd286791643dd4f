import { Order } from '@shopstack/contracts/order';
import type { Person } from './customers.ts';

/** Reads the order's live stream until it ends or breaks; whoever polls beside it misses nothing. */
export async function listen(
  at: { shopUrl: string; person: Person; orderId: string; signal: AbortSignal },
  look: (order: Order) => void,
): Promise<void> {
  const { shopUrl, orderId, signal } = at;
  const { followToken } = at.person.shopper;
  if (followToken === undefined) return;
  try {
    const reply = await fetch(`${shopUrl}/api/v1/dispatch/orders/${orderId}/events`, {
      headers: { 'follow-token': followToken, accept: 'text/event-stream' },
      signal,
    });
    if (!reply.ok || !reply.body) return;
    let text = '';
    for await (const chunk of reply.body.pipeThrough(new TextDecoderStream())) {
      const events = (text + chunk).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) lookAt(event, look);
    }
  } catch {
    return;
  }
}

function lookAt(event: string, look: (order: Order) => void): void {
  const line = event.split('\n').find((it) => it.startsWith('data:'));
  if (line === undefined) return;
  const order = Order.safeParse(JSON.parse(line.slice(5)));
  if (order.success) look(order.data);
}
