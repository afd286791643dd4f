import type { Part } from './part.ts';
import { gatewayPart } from './parts/gateway.ts';
import { observerParts } from './parts/observers.ts';
import type { BrokerOptions } from './parts/rabbitmq.ts';
import { servicePart } from './parts/service.ts';
import { simulatorsPart } from './parts/simulators.ts';
import { spaRoot, webPart } from './parts/web.ts';
import { serverNames } from './server-urls.ts';
import { serverParts } from './servers.ts';
import { type ServiceName, serviceNames } from './services.ts';
import type { Surroundings } from './surroundings.ts';

export interface ShopParts {
  /** Variables of single parts (a service, `simulators`, `gateway` or `alertmanager`) that replace the usual ones. */
  env?: Readonly<Record<string, Record<string, string>>>;
  /** Load sample data on the first start, of every service or of some; true when left out. */
  seed?: boolean | readonly ServiceName[];
  /** Parts to leave out; what needs them starts without. */
  without?: readonly string[];
  /** The broker's topology (the shop's own when left out), more virtual hosts, its management API. */
  broker?: BrokerOptions;
  /** Folder with one folder per service, the gateway's template, the built pages: the repository's when left out. */
  sources?: { services?: string; gatewayTemplate?: string; spaRoot?: string };
}

/** The parts of a shop, ready to be started. */
export function shopParts(at: Surroundings, options: ShopParts): Part[] {
  const { env = {}, seed = true, sources = {}, without = [] } = options;
  const servicesFolder = sources.services === undefined ? {} : { folder: sources.services };
  const seeded: readonly string[] = seed === true ? serviceNames : seed === false ? [] : seed;
  const parts: Part[] = [
    ...serverParts({ ...at, only: serverNames, broker: options.broker ?? {} }),
    simulatorsPart(at, env.simulators),
    ...serviceNames.map((name) =>
      servicePart(name, at, { seed: seeded.includes(name), overrides: env[name] ?? {}, ...servicesFolder }),
    ),
    webPart(),
    gatewayPart(at, {
      spaRoot: sources.spaRoot ?? spaRoot,
      overrides: env.gateway ?? {},
      ...(sources.gatewayTemplate === undefined ? {} : { template: sources.gatewayTemplate }),
    }),
    ...(at.observe === true ? observerParts(at, env.alertmanager) : []),
  ];
  return parts
    .filter(({ name }) => !without.includes(name))
    .map((part) => ({ ...part, needs: part.needs.filter((need) => !without.includes(need)) }))
    .map((part, _index, all) => withoutItsStore(part, all));
}

/** A service cannot start without its store; the gateway can without its pages. */
function withoutItsStore(part: Part, all: readonly Part[]): Part {
  const store = all.find(
    ({ name, absent }) => absent !== undefined && name !== 'web' && part.needs.includes(name),
  );
  return store && part.absent === undefined ? { ...part, absent: `needs ${store.name}` } : part;
}
