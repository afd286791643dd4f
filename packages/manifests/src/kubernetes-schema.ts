import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { dig, isMapping, type Mapping, mapping } from './yaml-value.ts';

const folder = join(import.meta.dirname, '../schemas');
const load = (file: string): Mapping => {
  const schema: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  if (!isMapping(schema)) throw new TypeError(`${file} is no schema`);
  return schema;
};

/** Go's patterns may begin with flags, JavaScript's have them at the end. */
const goPattern = (pattern: string, flags: string): RegExp =>
  pattern.includes('(?i)')
    ? new RegExp(pattern.replace('(?i)', ''), `${flags}i`)
    : new RegExp(pattern, flags);

const ajv = new Ajv({
  strict: false,
  logger: false,
  validateFormats: false,
  // Compiled for one run: what optimising costs it never earns.
  code: { optimize: false, regExp: Object.assign(goPattern, { code: 'new RegExp' }) },
});
// One by one: what is looked up inside another schema is compiled anew for everyone who refers to it.
for (const [name, definition] of Object.entries(mapping(load('_definitions.json').definitions)))
  ajv.addSchema(mapping(definition), `_definitions.json#/definitions/${name}`);
const known = new Map<string, ValidateFunction>();

/** `autoscaling/v2` and `HorizontalPodAutoscaler` are in `horizontalpodautoscaler-autoscaling-v2.json`. */
function fileOf(apiVersion: string, kind: string): string {
  const [group = '', version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const parts = [kind.toLowerCase(), group.split('.')[0] ?? '', version].filter((it) => it !== '');
  return `${parts.join('-')}.json`;
}

/** What Kubernetes would refuse about an object, or drop from it: each fault with its place. Unknown kinds are a fault. */
export function schemaFaults(object: Mapping): string[] {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return ['no apiVersion or no kind'];
  const name = `${kind}/${String(dig(object, 'metadata', 'name'))}`;
  const file = fileOf(apiVersion, kind);
  if (!existsSync(join(folder, file))) return [`${name}: no schema for ${apiVersion} ${kind}`];
  const validate = known.get(file) ?? ajv.compile(load(file));
  known.set(file, validate);
  if (validate(object)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const key: unknown = params.additionalProperty;
    return `${name}${instancePath}: ${typeof key === 'string' ? `unknown key ${key}` : message}`;
  });
}
