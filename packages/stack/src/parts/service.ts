import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../layout.ts';
import type { Part } from '../part.ts';
import { answersOk } from '../probes.ts';
import { seedOnce } from '../seeds.ts';
import { type ServiceName, serviceEnvironment, services } from '../services.ts';
import type { Surroundings } from '../surroundings.ts';
import { nodeCommand } from './node-command.ts';

export interface ServiceOptions {
  /** Variables that replace those of the service table. */
  overrides?: Record<string, string>;
  /** Load its sample data when that has not been done in this data folder. */
  seed: boolean;
  /** The folder that has one folder per service. */
  folder?: string;
}

/** One service as a process of its own. It counts as ready once its sample data is in. */
export function servicePart(name: ServiceName, at: Surroundings, options: ServiceOptions): Part {
  const folder = join(options.folder ?? join(repository, 'services'), name);
  const main = join(folder, 'src/main.ts');
  const port = at.ports(name);
  const env = { ...serviceEnvironment(name, at), ...options.overrides };
  const isTraced = 'OTEL_EXPORTER_OTLP_ENDPOINT' in env;
  return {
    name,
    port,
    listens: [port],
    needs: services[name].stores,
    ...(existsSync(main) ? {} : { absent: `services/${name} has no src/main.ts` }),
    command: () =>
      nodeCommand(main, {
        layout: at.layout,
        env,
        whenWeDie: 'SIGKILL',
        ...(isTraced ? { preload: '@shopstack/kit/telemetry' } : {}),
      }),
    isReady: () => answersOk(port, '/health/ready'),
    readyWithinMs: 60_000,
    stopWithinMs: 900,
    ...(options.seed
      ? { complete: (job) => seedOnce({ name, file: join(folder, 'src/seed.ts'), env }, at, job) }
      : {}),
  };
}
