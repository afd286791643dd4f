import { freePort, freePortBase } from './free-ports.ts';
import { createLayout, type Layout } from './layout.ts';
import type { Part, PartStatus } from './part.ts';
import { checkPorts } from './port-owner.ts';
import { portsFrom } from './ports.ts';
import { AlreadyRunning, findRunningShop, keepState } from './running-shop.ts';
import { openSecrets } from './secrets.ts';
import { type ShopParts, shopParts } from './shop-parts.ts';
import { createSupervisor } from './supervisor.ts';
import type { Surroundings } from './surroundings.ts';

export interface ShopOptions extends ShopParts {
  /** Where data, logs and secrets live; kept after close. */
  dataDir: string;
  /** Ports are this plus a fixed offset each; a free range when left out. */
  portBase?: number;
  /** A free port when left out. */
  gatewayPort?: number;
  /** Prometheus, Alertmanager and a trace view beside it; not when left out. */
  observe?: boolean;
  /** Told each time a part changes its state. */
  onChange?: (status: PartStatus) => void;
  /** Stops a start under way; startShop then rejects. */
  signal?: AbortSignal;
}

export type Shop = Awaited<ReturnType<typeof startShop>>;

/**
 * Runs the whole shop and resolves when every part is ready. A part that ends later is brought back.
 * Rejects with StartFailure (a part did not start), PortTaken or AlreadyRunning; nothing is left running then.
 */
export async function startShop(options: ShopOptions) {
  const portBase = options.portBase ?? (await freePortBase());
  const gatewayPort = options.gatewayPort ?? (await freePort());
  const at = createSurroundings({
    dataDir: options.dataDir,
    portBase,
    gatewayPort,
    observe: options.observe === true,
  });
  const running = findRunningShop(at.layout.stateFile);
  if (running) throw new AlreadyRunning(running);
  const parts = shopParts(at, options);
  await checkPorts(parts, at.layout);

  const url = `http://localhost:${gatewayPort}`;
  const { supervisor, close } = superviseShop(
    parts,
    at.layout,
    { url, portBase, gatewayPort },
    options.onChange,
  );
  options.signal?.addEventListener('abort', () => void close(), { once: true });
  try {
    options.signal?.throwIfAborted();
    await supervisor.start();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    url,
    surroundings: at,
    /** Every part as it is now. */
    get parts() {
      return supervisor.status();
    },
    kill: supervisor.kill,
    restart: supervisor.restart,
    close,
  };
}

/** A supervisor whose every change is written down for `npm run status` and told to `onChange`. */
function superviseShop(
  parts: readonly Part[],
  layout: Layout,
  shop: { url: string; portBase: number; gatewayPort: number },
  onChange: ShopOptions['onChange'],
) {
  const supervisor = createSupervisor(parts, {
    layout,
    onChange: (status) => {
      state.write();
      onChange?.(status);
    },
  });
  const state = keepState(layout.stateFile, shop, supervisor.status);
  const close = async () => {
    await supervisor.stop();
    state.remove();
  };
  return { supervisor, close };
}

/** Where a shop with these options lives, without starting anything. */
export function createSurroundings(options: {
  dataDir: string;
  portBase: number;
  gatewayPort: number;
  observe?: boolean;
}): Surroundings {
  const layout = createLayout(options.dataDir);
  return {
    layout,
    secrets: openSecrets(layout.secretsFile),
    ports: portsFrom(options.portBase),
    gatewayPort: options.gatewayPort,
    observe: options.observe === true,
    outside: process.env,
  };
}
