import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type Chart, type Environment, helmFolder, valueFiles } from './charts.ts';
import { helm } from './helm.ts';
import { isMapping, type Mapping } from './yaml-value.ts';

export interface Values {
  /** Further files, the later ones win. */
  files?: readonly string[];
  /** `key=value` as after `--set`. */
  set?: readonly string[];
}

/** The objects of a YAML text. @throws Error with the parser's words, also about keys that stand twice. */
export function readDocuments(text: string): Mapping[] {
  return parseAllDocuments(text).flatMap((document) => {
    const [fault] = document.errors;
    if (fault) throw new Error(fault.message);
    const value: unknown = document.toJS();
    return isMapping(value) ? [value] : [];
  });
}

/** A chart as helm renders it. @throws HelmError */
export function renderText(chart: string, values: Values = {}): string {
  const files = (values.files ?? []).flatMap((file) => ['--values', file]);
  const set = (values.set ?? []).flatMap((it) => ['--set', it]);
  return helm('template', chart, join(helmFolder, chart), '--namespace', 'shopstack', ...files, ...set);
}

interface Rendered {
  text: string;
  objects: readonly Mapping[];
}
const rendered = new Map<string, Rendered>();

/** A chart in an environment, rendered and read once however often it is asked for. @throws HelmError */
function rendering(chart: Chart, environment: Environment): Rendered {
  const key = `${chart}-${environment}`;
  const known = rendered.get(key);
  if (known) return known;
  const files = valueFiles(chart, environment);
  if (!files) throw new Error(`${chart} is not meant for ${environment}`);
  const text = renderText(chart, { files });
  const it = { text, objects: readDocuments(text) };
  rendered.set(key, it);
  return it;
}

export const environmentText = (chart: Chart, environment: Environment): string =>
  rendering(chart, environment).text;
/** Shared: whoever wants to change them takes a copy. */
export const environmentObjects = (chart: Chart, environment: Environment): readonly Mapping[] =>
  rendering(chart, environment).objects;
