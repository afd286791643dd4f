import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleAccounts } from '@shopstack/stack/accounts';
import { freePort, freePortBase } from '@shopstack/stack/free-ports';
import type { PartStatus } from '@shopstack/stack/part';
import { adminUrls } from '@shopstack/stack/server-urls';
import { type ServiceName, serviceNames } from '@shopstack/stack/services';
import { createSurroundings, startShop } from '@shopstack/stack/shop';
import type { Surroundings } from '@shopstack/stack/surroundings';
import type { History } from '../history.ts';
import { linkNames } from '../plan/fault-kinds.ts';
import { plantedEnvironment } from '../planting/environment.ts';
import type { Sabotage } from '../planting/sabotages.ts';
import { type NetworkProxy, openProxy } from '../proxy/proxy.ts';
import { type Detour, detouredCallbacks, detouredVariables, endsOf } from './detours.ts';

export interface ArenaOptions {
  history: Pick<History, 'add'>;
  /** Plants this mistake in its service. */
  sabotage?: Sabotage;
  /** Ports of second processes: everybody then reaches these services through a proxy with both as upstreams. */
  replicas?: ReadonlyMap<ServiceName, number>;
  /** For what is measured: nobody goes through a proxy, no service has failpoints. */
  direct?: true;
  /** Variables of single parts besides those of the arena. */
  env?: Readonly<Record<string, Record<string, string>>>;
  onChange?: (status: PartStatus) => void;
  signal?: AbortSignal;
}

const PACE_MS = '1000';
const CUSTOMER_WINDOW_SECONDS = '6';
const PHONE_SECONDS = '4';

/**
 * A shop of its own in a temporary folder, with proxies on its connections and failpoints in its services. Everything
 * that it can be asked to suffer starts here; no address comes from outside.
 */
export async function openArena(options: ArenaOptions) {
  const dataDir = mkdtempSync(join(tmpdir(), 'shop-chaos-'));
  const portBase = await freePortBase();
  const gatewayPort = await freePort();
  const planned = createSurroundings({ dataDir, portBase, gatewayPort });
  const failpointDir = planned.layout.folder('failpoints');
  const links = options.direct ? new Map<string, NetworkProxy>() : await openLinks(planned);
  const replicas = options.replicas ?? new Map<ServiceName, number>();
  const fronts = await openFronts(planned, replicas);
  const detours = detoursOf(planned, links, fronts);
  const env = environmentOf({ at: planned, detours, failpointDir, options });
  const closeProxies = () => Promise.all([...links.values(), ...fronts.values()].map((it) => it.close()));
  try {
    const shop = await startShop({
      dataDir,
      portBase,
      gatewayPort,
      env,
      // Accounts and delivery rates; the goods are the campaign's own.
      seed: ['user', 'shipping'],
      ...(options.onChange ? { onChange: options.onChange } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    // Its secrets are those of the running parts; ours were read before most of them were made.
    const at = shop.surroundings;
    return {
      shop,
      at,
      links,
      replicas,
      fronts,
      failpointDir,
      env,
      urls: adminUrls(at.ports, at.secrets, {}),
      account: (role: 'support' | 'merchandiser') => accountOf(at, role),
      close: async () => {
        await shop.close();
        await closeProxies();
      },
      /** After close. */
      forget: () => rmSync(dataDir, { recursive: true, force: true }),
    };
  } catch (error) {
    await closeProxies();
    throw error;
  }
}
export type Arena = Awaited<ReturnType<typeof openArena>>;

async function openLinks(at: Surroundings): Promise<Map<string, NetworkProxy>> {
  const opened = linkNames.map(
    async (name) => [name, await openProxy({ name, upstreams: [at.ports(endsOf(name).to)] })] as const,
  );
  return new Map(await Promise.all(opened));
}

async function openFronts(
  at: Surroundings,
  replicas: ReadonlyMap<ServiceName, number>,
): Promise<Map<ServiceName, NetworkProxy>> {
  const opened = [...replicas].map(
    async ([name, port]) => [name, await openProxy({ name, upstreams: [at.ports(name), port] })] as const,
  );
  return new Map(await Promise.all(opened));
}

/** With fronts, they take the place of links between services. */
function detoursOf(
  at: Surroundings,
  links: ReadonlyMap<string, NetworkProxy>,
  fronts: ReadonlyMap<ServiceName, NetworkProxy>,
): Detour[] {
  const everybody = [...serviceNames, 'card', 'carrier', 'gateway'];
  const toFronts = [...fronts].flatMap(([service, { port: via }]) =>
    everybody.filter((from) => from !== service).map((from) => ({ from, port: at.ports(service), via })),
  );
  const direct = [...links].map(([name, { port: via }]) => {
    const { from, to } = endsOf(name);
    return { from, port: at.ports(to), via };
  });
  return [...toFronts, ...direct];
}

function environmentOf(from: {
  at: Surroundings;
  detours: readonly Detour[];
  failpointDir: string;
  options: ArenaOptions;
}): Record<string, Record<string, string>> {
  const { at, detours, failpointDir, options } = from;
  const { sabotage, direct, env = {} } = options;
  const services = serviceNames.map((service) => [
    service,
    {
      ...detouredVariables(service, at, detours),
      ...(direct ? {} : plantedEnvironment({ service, failpointDir, sabotage })),
      ...(service === 'dispatch' ? { PAYMENT_RETRY_WINDOW_SECONDS: CUSTOMER_WINDOW_SECONDS } : {}),
      ...(service === 'payment' ? { MPESA_CONFIRM_SECONDS: PHONE_SECONDS } : {}),
      ...env[service],
    },
  ]);
  const gateway = serviceNames.flatMap((name) => {
    const via = detours.find((it) => it.from === 'gateway' && it.port === at.ports(name))?.via;
    return via !== undefined ? [[`${name.toUpperCase()}_HOST`, `127.0.0.1:${via}`]] : [];
  });
  return {
    ...Object.fromEntries(services),
    simulators: { ...detouredCallbacks(at, detours), CARRIER_PACE_MS: PACE_MS, ...env.simulators },
    gateway: { ...Object.fromEntries(gateway), ...env.gateway },
  };
}

function accountOf(at: Surroundings, role: 'support' | 'merchandiser') {
  const account = sampleAccounts(at.secrets).find((it) => it.roles.includes(role));
  if (!account) throw new Error(`there is no sample account for ${role}`);
  return account;
}
