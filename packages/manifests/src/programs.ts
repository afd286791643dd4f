import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository, type ServiceChart } from './charts.ts';

export type ReadConfig = (environment: Record<string, string>) => unknown;

/** A function that another part of the repository exports; loaded by path, for packages import no service. */
export async function loadFunction(file: string, name: string): Promise<(...given: unknown[]) => unknown> {
  const module: Record<string, unknown> = await import(pathToFileURL(join(repository, file)).href);
  const found = module[name];
  if (typeof found !== 'function') throw new TypeError(`${file} exports no function ${name}`);
  return (...given) => Reflect.apply(found, undefined, given);
}

/** How a service reads its environment: the truth about its variables. */
export const configReader = (service: ServiceChart): Promise<ReadConfig> =>
  loadFunction(`services/${service}/src/config.ts`, 'readConfig');

/** The variables that the gateway's template is filled with. */
export function gatewayVariables(): string[] {
  const template = readFileSync(join(repository, 'web/gateway/nginx.conf.template'), 'utf8');
  return [...new Set([...template.matchAll(/\$\{([A-Z][A-Z0-9_]*)\}/g)].map(([, name = '']) => name))];
}

const metric = /name: '(shop_[a-z_]+)'/g;

/** The names of all metrics in a source file's text. */
export const metricNames = (source: string): string[] =>
  [...source.matchAll(metric)].map(([, name = '']) => name);
