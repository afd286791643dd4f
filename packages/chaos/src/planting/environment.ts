import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServiceName } from '@shopstack/stack/services';
import { failpoints } from './failpoints.ts';
import type { Sabotage } from './sabotage.ts';
import { sabotageNamed } from './sabotages.ts';

export interface Planting {
  service: ServiceName;
  /** Where armed failpoints are files; see `armFailpoint`. */
  failpointDir: string;
  sabotage?: Sabotage | undefined;
}
const preload = pathToFileURL(join(import.meta.dirname, 'preload.ts')).href;

/** Variables that make a service's process run with failpoints and, if it is the one, with the sabotage. */
export function plantedEnvironment({ service, failpointDir, sabotage }: Planting): Record<string, string> {
  return {
    NODE_OPTIONS: `--import=${preload}`,
    // Node looks at the source before it uses what it compiled, and planted code still gets a folder of its own.
    NODE_COMPILE_CACHE: join(failpointDir, 'compiled'),
    CHAOS_SERVICE: service,
    CHAOS_FAILPOINTS: failpointDir,
    ...(sabotage?.service === service ? { CHAOS_SABOTAGE: sabotage.name } : {}),
  };
}

/**
 * What `plantedEnvironment` told a process.
 * @throws Error with one clear line, always when SHOP_ENV is production.
 */
export function readPlanting(env: NodeJS.ProcessEnv): Planting {
  if (env.SHOP_ENV === 'production') throw new Error('failpoints and sabotages never run in production');
  const service = failpoints.flatMap((it) => it.services).find((it) => it === env.CHAOS_SERVICE);
  if (!service) throw new Error('CHAOS_SERVICE does not name a service');
  if (!env.CHAOS_FAILPOINTS) throw new Error('CHAOS_FAILPOINTS is not set');
  const name = env.CHAOS_SABOTAGE;
  return {
    service,
    failpointDir: env.CHAOS_FAILPOINTS,
    ...(name ? { sabotage: sabotageNamed(name) } : {}),
  };
}
