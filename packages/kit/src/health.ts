import { gauge } from './metrics.ts';

/** One thing a service depends on. `own` decides readiness; the rest is only told. */
export interface Dependency {
  name: string;
  own: boolean;
  /** Resolves when it answers; its rejection's message is shown to operators. */
  check(): Promise<void>;
}
export interface DependencyState {
  name: string;
  state: 'up' | 'down';
  reason?: string;
}
export interface Health {
  ready(): Promise<boolean>;
  report(): Promise<{ status: 'up' | 'degraded' | 'down' | 'stopping'; dependencies: DependencyState[] }>;
}

const CHECK_MS = 2000;

/** Health of a service from its dependencies, also told at each scrape; each check is given two seconds. */
export function createHealth(dependencies: readonly Dependency[], stopping: () => boolean): Health {
  const own = dependencies.filter((it) => it.own);
  const up = gauge('shop_dependency_up', async () => {
    for (const { name, state } of await Promise.all(dependencies.map(stateOf)))
      up.set(state === 'up' ? 1 : 0, { dependency: name });
  });
  return {
    ready: async () => !stopping() && (await Promise.all(own.map(stateOf))).every((it) => it.state === 'up'),
    report: async () => {
      const states = await Promise.all(dependencies.map(stateOf));
      const down = new Set(states.filter((it) => it.state === 'down').map((it) => it.name));
      if (stopping()) return { status: 'stopping', dependencies: states };
      if (own.some((it) => down.has(it.name))) return { status: 'down', dependencies: states };
      return { status: down.size > 0 ? 'degraded' : 'up', dependencies: states };
    },
  };
}

async function stateOf(it: Dependency): Promise<DependencyState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer within 2 s')), CHECK_MS);
  });
  try {
    await Promise.race([it.check(), late]);
    return { name: it.name, state: 'up' };
  } catch (error) {
    return { name: it.name, state: 'down', reason: error instanceof Error ? error.message : 'unknown' };
  } finally {
    clearTimeout(timer);
  }
}
