import { join } from 'node:path';
import { type Chart, charts, helmFolder, renderings } from './charts.ts';
import { environmentText } from './rendering.ts';
import { valuesSchema } from './values-schema.ts';

const goldenFolder = join(import.meta.dirname, '../golden');
export const goldenFile = (chart: string, environment: string): string =>
  join(goldenFolder, `${chart}-${environment}.yaml`);

/** A rendering without the tags of our own images, which every release changes. */
export const goldenText = (text: string): string =>
  text.replaceAll(/(ghcr\.io\/shopstack\/[\w-]+):\S+/g, '$1:TAG').replaceAll(/[ \t]+$/gm, '');

export interface MadeFile {
  file: string;
  text: string;
}

/** The golden renderings as they are now. @throws HelmError */
export const goldenFiles = (): MadeFile[] =>
  renderings.map(({ chart, environment }) => ({
    file: goldenFile(chart, environment),
    text: goldenText(environmentText(chart, environment)),
  }));

/** Each chart's values.schema.json as it should be. */
export const schemaFiles = (): MadeFile[] =>
  (['common', ...charts] as (Chart | 'common')[]).map((chart) => ({
    file: join(helmFolder, chart, 'values.schema.json'),
    text: `${JSON.stringify(valuesSchema(chart), null, 2)}\n`,
  }));
