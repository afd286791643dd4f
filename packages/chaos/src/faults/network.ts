import type { ProxyFault } from '../proxy/proxy.ts';
import type { Injector } from './injection.ts';

const disturb =
  (fault: ProxyFault): Injector =>
  async (name, { arena }) => {
    const link = arena.links.get(name);
    if (!link) throw new Error(`there is no link ${name}`);
    await link.fault(fault);
    return async () => {
      await link.heal();
      return undefined;
    };
  };

export const partition = disturb({ kind: 'black-hole' });
export const oneWay = disturb({ kind: 'one-way', direction: 'answers' });
export const cutConnections = disturb({ kind: 'reset' });
export const slowNetwork = disturb({ kind: 'latency', ms: 400 });
