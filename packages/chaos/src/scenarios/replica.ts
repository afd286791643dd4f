import { join } from 'node:path';
import { launch } from '@shopstack/stack/command';
import { repository } from '@shopstack/stack/layout';
import { nodeCommand } from '@shopstack/stack/parts/node-command';
import { answersOk, until } from '@shopstack/stack/probes';
import { type ServiceName, serviceEnvironment } from '@shopstack/stack/services';
import type { Arena } from '../arena/arena.ts';

export interface Replica {
  /** SIGTERM; resolves when it has ended. */
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

/** A second process of a service with the same environment on another port. Rejects when it does not become ready. */
export async function startReplica(arena: Arena, service: ServiceName, port: number): Promise<Replica> {
  const { at } = arena;
  const env = { ...serviceEnvironment(service, at), ...arena.env[service], PORT: String(port) };
  const main = join(repository, 'services', service, 'src/main.ts');
  const command = nodeCommand(main, { layout: at.layout, env, whenWeDie: 'SIGKILL' });
  const running = launch(command, at.layout.logFile(`${service}-2`));
  const ready = await until(() => answersOk(port, '/health/ready'), {
    withinMs: READY_WITHIN_MS,
    everyMs: 50,
    giveUp: running.hasExited,
  });
  const stop = async () => {
    running.kill('SIGTERM');
    await running.exit;
  };
  if (ready) return { stop };
  await stop();
  throw new Error(`the second ${service} did not become ready`);
}
