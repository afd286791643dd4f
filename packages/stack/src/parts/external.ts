import type { Part } from '../part.ts';
import { accepts } from '../probes.ts';
import { type ServerName, urlVariables } from '../server-urls.ts';

const defaultPorts: Record<ServerName, number> = {
  rabbitmq: 5672,
  mariadb: 3306,
  redis: 6379,
  mongo: 27_017,
};

/** A server that already runs somewhere, when the environment names one: it is waited for, never started. */
export function externalPart(name: ServerName, environment: NodeJS.ProcessEnv): Part | undefined {
  const url = environment[urlVariables[name]];
  if (!url) return undefined;
  const { hostname, port } = new URL(url);
  return {
    name,
    listens: [],
    needs: [],
    remark: `${hostname} (${urlVariables[name]})`,
    prepare: async () => {
      if (await accepts(Number(port) || defaultPorts[name], hostname)) return;
      throw new Error(`${urlVariables[name]} names ${hostname}, which does not answer`);
    },
    readyWithinMs: 0,
    stopWithinMs: 0,
  };
}
