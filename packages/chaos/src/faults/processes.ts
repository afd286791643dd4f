import { type ServiceName, serviceNames } from '@shopstack/stack/services';
import { armFailpoint, disarmFailpoint, hasFired } from '../planting/armament.ts';
import { type Heal, type Injector, nothingToHeal } from './injection.ts';

/** SIGKILL; whoever supervises it starts it again. */
export const kill: Injector = async (target, { arena }) => {
  arena.shop.kill(target, 'SIGKILL');
  return nothingToHeal;
};

/** SIGTERM, and started again. */
export const restart: Injector = async (target, { arena }) => {
  const restarted = arena.shop.restart(target).then(
    () => undefined,
    (error: unknown) => String(error),
  );
  return () => restarted;
};

/** The process stands still with its connections open. */
export const freeze: Injector = async (target, { arena }) => {
  arena.shop.kill(target, 'SIGSTOP');
  return async () => {
    arena.shop.kill(target, 'SIGCONT');
    return undefined;
  };
};

/** `<service>.<failpoint>`: the process dies the next time it gets there. */
export const failpoint: Injector = async (target, { arena }): Promise<Heal> => {
  const { service, name } = failpointOf(target);
  armFailpoint(arena.failpointDir, service, name);
  return async () => {
    disarmFailpoint(arena.failpointDir, service, name);
    return hasFired(arena.failpointDir, service, name) ? 'died there' : 'did not get there';
  };
};

function failpointOf(target: string): { service: ServiceName; name: string } {
  const [first = '', name = ''] = target.split('.');
  const service = serviceNames.find((it) => it === first);
  if (!service) throw new Error(`${target} names no service`);
  return { service, name };
}
