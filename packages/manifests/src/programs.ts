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

/**
 * The variables of the telemetry preload: those that kit's files name, and the one that its detector `env` reads for
 * OpenTelemetry.
 */
export function preloadVariables(): string[] {
  const files = ['packages/kit/src/telemetry.ts', 'packages/kit/src/telemetry/tracing.ts'];
  const text = files.map((file) => readFileSync(join(repository, file), 'utf8')).join('\n');
  return [...new Set([...(text.match(/\bOTEL_[A-Z_]+/g) ?? []), 'OTEL_RESOURCE_ATTRIBUTES'])];
}

/** The variables that the gateway's template is filled with. */
export function gatewayVariables(): string[] {
  const template = readFileSync(join(repository, 'web/gateway/nginx.conf.template'), 'utf8');
  return [...new Set([...template.matchAll(/\$\{([A-Z][A-Z0-9_]*)\}/g)].map(([, name = '']) => name))];
}
