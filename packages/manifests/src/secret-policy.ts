import { nameOf } from './pods.ts';
import { dig, isMapping, type Mapping, mapping, mappingsUnder } from './yaml-value.ts';

const secretName = /(PASSWORD|SECRET|TOKEN|PASSKEY|CREDENTIAL|KEK|_KEY)$/;
/** `scheme://user:password@`, the password not by reference. */
const passwordInUrl = /\/\/[^/@\s:]*:(?!\$\()[^@\s/]+@/;

const isSecret = (name: string, value: unknown): boolean =>
  typeof value === 'string' && value !== '' && (secretName.test(name) || passwordInUrl.test(value));

/** Secrets that stand in rendered objects: a variable or key of that name with a value, or a URL with a password. */
export const secretFaults = (objects: readonly Mapping[]): string[] =>
  objects.flatMap((object) => [
    ...(object.kind === 'Secret' ? [`${nameOf(object)}: secrets are made elsewhere`] : []),
    ...Object.entries(mapping(object.kind === 'ConfigMap' ? object.data : {}))
      .filter(([name, value]) => isSecret(name, value))
      .map(([name]) => `${nameOf(object)}: ${name} stands in a ConfigMap`),
    ...entriesWithin(object)
      .filter(({ name, value }) => isSecret(name, value))
      .map(({ name }) => `${nameOf(object)}: ${name} has its value in the manifest`),
  ]);

/** Every `{name, value}` anywhere in it; also used for values files. */
function entriesWithin(value: unknown): { name: string; value: unknown }[] {
  if (Array.isArray(value)) return value.flatMap(entriesWithin);
  if (!isMapping(value)) return [];
  const below = Object.values(value).flatMap(entriesWithin);
  const { name } = value;
  return typeof name === 'string' && 'value' in value ? [{ name, value: value.value }, ...below] : below;
}

/** Secrets in a values file. */
export const valueSecretFaults = (file: string, values: unknown): string[] => [
  ...entriesWithin(values)
    .filter(({ name, value }) => isSecret(name, value))
    .map(({ name }) => `${file}: ${name} has a value`),
  ...keysWithin(values)
    .filter(([key, value]) => /password|token|privateKey/i.test(key) && typeof value === 'string')
    .map(([key]) => `${file}: ${key} looks like a secret`),
];

function keysWithin(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.flatMap(keysWithin);
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, it]) => [[key, it] as [string, unknown], ...keysWithin(it)]);
}

/** The Secret and key of each variable that a container takes by reference. */
export const referenceOf = (entry: Mapping): { secret: string; key: string } | undefined => {
  const secret = dig(entry, 'valueFrom', 'secretKeyRef', 'name');
  const key = dig(entry, 'valueFrom', 'secretKeyRef', 'key');
  return typeof secret === 'string' && typeof key === 'string' ? { secret, key } : undefined;
};

/** The Secrets that pods cannot start without. */
export const secretsNeeded = (objects: readonly Mapping[]): string[] => {
  const pods = objects.filter(({ kind }) => podKinds.has(String(kind)));
  const ofVariables = mappingsUnder('secretKeyRef', pods).map(({ name }) => String(name));
  const ofVolumes = mappingsUnder('secret', pods).map(({ secretName }) => String(secretName));
  return [...new Set([...ofVariables, ...ofVolumes])];
};
const podKinds = new Set(['Deployment', 'StatefulSet', 'Job', 'CronJob']);

/** The Secrets that operators make of these objects. */
export const secretsMade = (objects: readonly Mapping[]): string[] =>
  objects.flatMap(({ kind, spec }) => {
    if (kind === 'ExternalSecret') return [String(dig(spec, 'target', 'name'))];
    return kind === 'Certificate' ? [String(dig(spec, 'secretName'))] : [];
  });
