import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { serviceCharts } from './charts.ts';
import { schemaFaults } from './kubernetes-schema.ts';
import { configReader } from './programs.ts';
import { readDocuments } from './rendering.ts';
import { asInputs, asObjects, newSecrets, references } from './secrets.ts';
import { variablesOf } from './variables.ts';
import { dig, mappings } from './yaml-value.ts';

const golden = join(import.meta.dirname, '../golden');
const objectsOf = (file: string) => readDocuments(readFileSync(join(golden, file), 'utf8'));

describe('new secrets', () => {
  const secrets = newSecrets('default');

  it('are all that the charts ask for, and no two of them alike but those that must be', () => {
    for (const { name, key } of references('default')) expect(secrets[name]?.[key]).toMatch(/^[\w+/=]{32,}$/);
    expect(secrets['simulators-secrets']).toMatchObject({
      CARD_KEY: secrets['audit-secrets']?.CARD_KEY,
      CARD_WEBHOOK_SECRET: secrets['payment-secrets']?.SIMULATOR_CARD_WEBHOOK_SECRET,
      MPESA_PASSKEY: secrets['payment-secrets']?.MPESA_PASSKEY,
      CARRIER_TOKEN: secrets['shipping-secrets']?.CARRIER_TOKEN,
    });
    expect(secrets['payment-secrets']?.SIMULATOR_CARD_KEY).toBe(secrets['audit-secrets']?.CARD_KEY);
    const values = Object.values(secrets).flatMap((it) => Object.values(it));
    expect(values.length - new Set(values).size).toBe(8);
  });
  it.each(serviceCharts)('%s can start with them', async (service) => {
    const { values } = variablesOf(objectsOf(`${service}-default.yaml`), service);
    const read = await configReader(service);
    expect(() => read({ ...values, ...secrets[`${service}-secrets`] })).not.toThrow();
  });
  it('are Secrets for a laptop', () => {
    const objects = mappings(asObjects(secrets, 'shopstack').items);
    expect(objects.flatMap(schemaFaults)).toEqual([]);
  });
  it.each(['staging', 'preprod'] as const)('have the names and keys that %s looks for', (environment) => {
    const files = globSync(`*-${environment}.yaml`, { cwd: golden }).flatMap(objectsOf);
    const asked = files
      .filter(({ kind }) => kind === 'ExternalSecret')
      .flatMap(({ spec }) => mappings(dig(spec, 'data')))
      .map(({ remoteRef }) => `${String(dig(remoteRef, 'key'))} ${String(dig(remoteRef, 'property'))}`);
    const given = asInputs(newSecrets(environment), environment).flatMap(({ Name, SecretString }) =>
      Object.keys(JSON.parse(String(SecretString))).map((key) => `${String(Name)} ${key}`),
    );
    expect(asked.length).toBeGreaterThan(25);
    expect(given.sort()).toEqual([...new Set(asked)].sort());
  });
});
