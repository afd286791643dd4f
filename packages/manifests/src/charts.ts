import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const repository = join(import.meta.dirname, '../../..');
export const helmFolder = join(repository, 'helm');

/** The seven services, the gateway, and what belongs to the shop without being a service. */
export const serviceCharts = [
  'user',
  'catalogue',
  'cart',
  'payment',
  'shipping',
  'ratings',
  'dispatch',
] as const;
export const charts = [...serviceCharts, 'web', 'simulators', 'platform', 'datastores'] as const;
export type ServiceChart = (typeof serviceCharts)[number];
export type Chart = (typeof charts)[number];

export const environments = ['default', 'staging', 'preprod'] as const;
export type Environment = (typeof environments)[number];

/** The values files of an environment beside the chart's own, or undefined when the chart is not meant for it. */
export function valueFiles(chart: Chart, environment: Environment): string[] | undefined {
  if (environment === 'default') return [];
  const file = join(helmFolder, chart, `values-${environment}.yaml`);
  return existsSync(file) ? [file] : undefined;
}

/** Every chart in every environment it is meant for. */
export const renderings: readonly { chart: Chart; environment: Environment }[] = charts.flatMap((chart) =>
  environments
    .filter((environment) => valueFiles(chart, environment) !== undefined)
    .map((environment) => ({ chart, environment })),
);

/** The folders of `helm/` that are charts; a new one must be told to `charts`. */
export const chartFolders = (): string[] =>
  readdirSync(helmFolder).filter((name) => existsSync(join(helmFolder, name, 'Chart.yaml')));

/** The files of a folder of templates that make objects. */
export const helmTemplates = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(folder, name));
