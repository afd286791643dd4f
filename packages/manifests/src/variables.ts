import { nameOf } from './pods.ts';
import { preloadVariables } from './programs.ts';
import { referenceOf } from './secret-policy.ts';
import { dig, type Mapping, mapping, mappings } from './yaml-value.ts';

/** A value that every secret of the services may have: 32 bytes in base64. */
const anySecret = Buffer.alloc(32).toString('base64');
const reference = /\$\(([A-Z][A-Z0-9_]*)\)/g;

export interface Variables {
  /** What the program finds in its environment. */
  values: Record<string, string>;
  /** Parts of other variables, Node's own: nothing the program reads by itself. */
  helpers: string[];
}

/** The environment of a Deployment's program, as Kubernetes would put it together; secrets get a stand-in. */
export function variablesOf(objects: readonly Mapping[], name: string): Variables {
  const deployment = objects.find((it) => nameOf(it) === `Deployment/${name}`);
  const container = mappings(dig(deployment, 'spec', 'template', 'spec', 'containers'))[0];
  if (!container) throw new Error(`no Deployment ${name}`);
  const own = mappings(container.env);
  const fromMaps = mappings(container.envFrom).flatMap((source) => {
    const map = `ConfigMap/${String(dig(source, 'configMapRef', 'name'))}`;
    return Object.entries(mapping(objects.find((it) => nameOf(it) === map)?.data));
  });
  const used = new Set(own.flatMap(({ value }) => referencesIn(value)));
  const values: Record<string, string> = {};
  for (const [key, value] of fromMaps) values[key] = String(value);
  for (const entry of own) values[String(entry.name)] = expanded(entry, values);
  const helpers = Object.keys(values).filter((it) => used.has(it) || it.startsWith('NODE_'));
  return { values, helpers };
}

const referencesIn = (value: unknown): string[] =>
  typeof value === 'string' ? [...value.matchAll(reference)].map(([, name = '']) => name) : [];

/** Only variables that stand before can be referred to. */
function expanded(entry: Mapping, before: Readonly<Record<string, string>>): string {
  if (referenceOf(entry)) return anySecret;
  return String(entry.value ?? '').replaceAll(reference, (whole, name: string) => before[name] ?? whole);
}

/** What a program knows of its environment, by asking it: the result's keys, also one level down. @throws what it throws */
function knownVariables(readConfig: (environment: Record<string, string>) => unknown, given: Variables) {
  const config = mapping(readConfig(given.values));
  return Object.entries(config).flatMap(([key, value]) => [key, ...Object.keys(mapping(value))]);
}

/** Variables of the chart that neither the program nor its preload reads. */
export function unknownVariables(
  readConfig: (environment: Record<string, string>) => unknown,
  given: Variables,
): string[] {
  const known = new Set([...knownVariables(readConfig, given), ...preloadVariables()]);
  const ownNames = Object.keys(given.values).filter((it) => !given.helpers.includes(it));
  // REDIS_PASSWORD is both: a key of the Secret, and read as it is.
  return ownNames.filter((it) => !known.has(it));
}
