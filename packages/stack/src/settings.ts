import { join } from 'node:path';
import { repository } from './layout.ts';

export interface Settings {
  dataDir: string;
  portBase: number;
  gatewayPort: number;
  /** `npm start -- --observe` was typed. */
  observe: boolean;
}

/** Where this machine's shop lives: SHOP_DATA_DIR, SHOP_PORT_BASE and SHOP_PORT, or the usual. Throws on nonsense. */
export function settingsFrom(environment: NodeJS.ProcessEnv, observe = false): Settings {
  return {
    dataDir: environment.SHOP_DATA_DIR || join(repository, '.shopstack'),
    portBase: portNumber('SHOP_PORT_BASE', environment, 18_000),
    gatewayPort: portNumber('SHOP_PORT', environment, 8080),
    observe,
  };
}

function portNumber(name: string, environment: NodeJS.ProcessEnv, usual: number): number {
  const text = environment[name];
  if (!text) return usual;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1024 && port <= 65_000) return port;
  throw new UsageError(`${name} is ${text}; it must be a port between 1024 and 65000`);
}

/** Something typed wrong: said in one line, exit code 2. */
export class UsageError extends Error {}
