import { setTimeout as sleep } from 'node:timers/promises';
import { createShopper } from '@shopstack/acceptance/shopper';

const PAUSE_MS = 700;
const BUYS_EVERY = 4;

/** A few customers who look, fill carts and now and then buy; what fails is counted and nobody gives up. */
export function startTraffic(shopUrl: string) {
  const controller = new AbortController();
  const count = { done: 0, failed: 0, orders: 0 };
  const visit = async (turn: number) => {
    const shopper = createShopper(shopUrl);
    const { items } = await shopper.find('inStock=true&limit=24');
    const many = items.filter(({ stock }) => stock.available > 5);
    const sku = many[turn % many.length]?.sku ?? items[0]?.sku ?? '';
    if (turn % BUYS_EVERY !== 0) {
      await shopper.add(sku);
      await shopper.cart();
      return;
    }
    await shopper.buy(sku);
    count.orders += 1;
  };
  const run = async () => {
    for (let turn = 0; !controller.signal.aborted; turn++) {
      // Nobody waits for a visit: one that hangs must not keep the others away.
      void visit(turn).then(
        () => count.done++,
        () => count.failed++,
      );
      await sleep(PAUSE_MS, undefined, { signal: controller.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    count,
    startedAt: performance.now(),
    stop: async () => {
      controller.abort();
      await running;
    },
  };
}
