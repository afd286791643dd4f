import { randomBytes } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Environment } from './charts.ts';
import { readDocuments } from './rendering.ts';
import { type Mapping, mappingsUnder } from './yaml-value.ts';

const golden = join(import.meta.dirname, '../golden');

/** Secret → its keys. */
type Secrets = Record<string, Record<string, string>>;

/**
 * A new value for every key of every Secret that the charts ask for in an environment, as the golden renderings say.
 * Keys that two parts must know alike have one value. Nothing is kept: asked again, all values are others. What others
 * give out (M-Pesa's keys, a mail server's password) gets a value too, which must be replaced.
 */
export function newSecrets(environment: Environment): Secrets {
  const shared = new Map<string, string>();
  const secrets: Secrets = {};
  for (const { name, key } of references(environment)) {
    const values = secrets[name] ?? {};
    const value = shared.get(sharedName(name, key)) ?? newValue(key);
    shared.set(sharedName(name, key), value);
    secrets[name] = { ...values, [key]: value };
  }
  return secrets;
}

/** The simulators know what payment, shipping and audit know, some of it by a shorter name. */
function sharedName(secret: string, key: string): string {
  const known = key.replace(/^SIMULATOR_/, '');
  return /^(CARD|MPESA|CARRIER)_/.test(known) ? known : `${secret} ${key}`;
}

/** Letters and digits, for passwords stand inside URLs; the key of all keys is 32 bytes in base64. */
const newValue = (key: string): string =>
  key === 'JWT_KEK' ? randomBytes(32).toString('base64') : randomBytes(24).toString('hex');

/** Every key of a Secret that the charts ask for: of pods, or of the secret store where Secrets come from there. */
export function references(environment: Environment): { name: string; key: string }[] {
  const files = globSync(`*-${environment}.yaml`, { cwd: golden }).sort();
  const objects = files.flatMap((file) => readDocuments(readFileSync(join(golden, file), 'utf8')));
  if (environment === 'default')
    return mappingsUnder('secretKeyRef', objects).map(({ name, key }) => ({
      name: String(name),
      key: String(key),
    }));
  return mappingsUnder('remoteRef', objects).map(({ key, property }) => ({
    name: `${basename(String(key))}-secrets`,
    key: String(property),
  }));
}

/** For `kubectl apply --filename -`. */
export const asObjects = (secrets: Secrets, namespace: string): Mapping => ({
  apiVersion: 'v1',
  kind: 'List',
  items: Object.entries(secrets).map(([name, stringData]) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
    stringData,
  })),
});

/** One line each for `aws secretsmanager create-secret --cli-input-json`, under the names that ExternalSecrets look for. */
export const asInputs = (secrets: Secrets, environment: string): Mapping[] =>
  Object.entries(secrets).map(([name, values]) => ({
    Name: `shopstack/${environment}/${name.replace(/-secrets$/, '')}`,
    SecretString: JSON.stringify(values),
  }));
