import { type PortName, portOffsets } from '@shopstack/stack/ports';
import { type ServiceName, serviceEnvironment } from '@shopstack/stack/services';
import type { Surroundings } from '@shopstack/stack/surroundings';

/** Instead of `port`, `from` is to use the port `via`. */
export interface Detour {
  from: string;
  port: number;
  via: number;
}

const isPortName = (name: string): name is PortName => Object.hasOwn(portOffsets, name);

/** The two ends of a link `<from>-<to>`; throws when the second is no part with a port. */
export function endsOf(link: string): { from: string; to: PortName } {
  const [from = '', to = ''] = link.split('-');
  if (!isPortName(to)) throw new Error(`${link}: no part is called ${to}`);
  return { from, to };
}

/** The variables of a service that change when it takes its detours. */
export function detouredVariables(
  name: ServiceName,
  at: Surroundings,
  detours: readonly Detour[],
): Record<string, string> {
  const own = detours.filter(({ from }) => from === name);
  const redirected = (value: string) =>
    own.reduce((text, { port, via }) => text.replace(`127.0.0.1:${port}`, `127.0.0.1:${via}`), value);
  return Object.fromEntries(
    Object.entries(serviceEnvironment(name, at)).flatMap(([variable, value]) =>
      redirected(value) === value ? [] : [[variable, redirected(value)]],
    ),
  );
}

/** Where the simulators call back, detours included. */
export function detouredCallbacks(at: Surroundings, detours: readonly Detour[]): Record<string, string> {
  const port = (from: string, to: PortName) =>
    detours.find((it) => it.from === from && it.port === at.ports(to))?.via ?? at.ports(to);
  return {
    CARD_WEBHOOK_URL: `http://127.0.0.1:${port('card', 'payment')}/webhooks/simulator`,
    CARRIER_CALLBACK_URL: `http://127.0.0.1:${port('carrier', 'shipping')}/shipments`,
  };
}
