import type { PartStatus } from '../part.ts';
import type { Settings } from '../settings.ts';
import { type Shop, startShop } from '../shop.ts';

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Launch {
  onChange: (part: PartStatus) => void;
  /** Called once, when everything is ready. */
  onOpen: (shop: Shop) => void;
  /** Called once, with the first signal. */
  onStopping?: () => void;
}

/** Runs the shop in this process until it is told to stop. Rejects when the start fails; resolves after the stop. */
export async function runShop(settings: Settings, launch: Launch): Promise<void> {
  const controller = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    const onSignal = () => {
      if (controller.signal.aborted) return;
      launch.onStopping?.();
      controller.abort();
      resolve();
    };
    for (const signal of stopSignals) process.on(signal, onSignal);
  });
  try {
    const shop = await startShop({ ...settings, onChange: launch.onChange, signal: controller.signal });
    launch.onOpen(shop);
    await stopped;
    await shop.close();
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  }
}
