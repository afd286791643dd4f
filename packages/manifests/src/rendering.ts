import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type Chart, charts, type Environment, helmFolder, valueFiles } from './charts.ts';
import { helm } from './helm.ts';
import { type Part, renderParts } from './parts.ts';
import { isMapping, type Mapping } from './yaml-value.ts';

export interface Values {
  /** Further files, the later ones win. */
  files?: readonly string[];
  /** `key=value` as after `--set`. */
  set?: readonly string[];
}

const read = new Map<string, readonly Mapping[]>();

/** One document, read once however often it occurs: overlays and planted breaches leave most of a text as it was. */
function readDocument(text: string): readonly Mapping[] {
  const known = read.get(text);
  if (known) return known;
  const objects = parseAllDocuments(text, { prettyErrors: false }).flatMap((document) => {
    const [fault] = document.errors;
    if (fault) throw new Error(fault.message);
    const value: unknown = document.toJS();
    return isMapping(value) ? [value] : [];
  });
  read.set(text, objects);
  return objects;
}

/**
 * The objects of a YAML text. They are shared: whoever wants to change them takes a copy.
 * @throws Error with the parser's words, also about keys that stand twice.
 */
export const readDocuments = (text: string): Mapping[] => text.split(/^---$/m).flatMap(readDocument);

/** A chart in an environment. @throws HelmError */
export function environmentText(chart: Chart, environment: Environment): string {
  const wanted = partOf(chart, environment);
  if (!wanted) throw new Error(`${chart} is not meant for ${environment}`);
  const together = charts.map((it) => partOf(it, environment)).filter((it) => it !== undefined);
  return renderParts('shopstack', together).get(wanted.chart) ?? '';
}

function partOf(chart: Chart, environment: Environment): Part | undefined {
  const files = valueFiles(chart, environment);
  return files && { chart, files };
}

/** Its objects. @throws HelmError */
export const environmentObjects = (chart: Chart, environment: Environment): readonly Mapping[] =>
  readDocuments(environmentText(chart, environment));

/** A chart as helm renders it, alone. @throws HelmError */
export function renderText(chart: string, { files = [], set = [] }: Values = {}): string {
  const more = [...files.flatMap((it) => ['--values', it]), ...set.flatMap((it) => ['--set', it])];
  return helm('template', chart, join(helmFolder, chart), '--namespace', 'shopstack', ...more);
}
