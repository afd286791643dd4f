import type { Logger } from '@shopstack/kit/log';
import type { Reservations } from '../store/reservations.ts';
import type { Stock } from '../store/stock.ts';

const EVERY_MS = 10_000;

/** Resumes what a kill left unfinished, every ten seconds; several replicas may do so at once. */
export function sweepEvery(
  deps: { reservations: Pick<Reservations, 'sweep'>; stock: Pick<Stock, 'sweep'> },
  wake: () => void,
  log: Logger,
) {
  let running = Promise.resolve();
  const sweep = async () => {
    await deps.reservations.sweep();
    await deps.stock.sweep();
    wake();
  };
  const start = () => {
    running = sweep().catch((error: unknown) => log.warn({ err: error }, 'the sweep will be repeated'));
  };
  start();
  const timer = setInterval(start, EVERY_MS);
  return {
    close: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
