import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { serviceCharts } from '../../packages/manifests/src/charts.ts';
import {
  configReader,
  gatewayVariables,
  loadFunction,
  preloadVariables,
} from '../../packages/manifests/src/programs.ts';
import { unknownVariables } from '../../packages/manifests/src/variables.ts';
import { environmentOf, repository } from './compose-files.ts';

const helpers = ['NODE_OPTIONS'];

/** The charts' half is in packages/manifests, with what helm renders. */
test.each(serviceCharts)('compose gives %s all it needs and nothing it does not know', async (service) => {
  const values = environmentOf(service);
  expect(unknownVariables(await configReader(service), { values, helpers })).toEqual([]);
  expect(values).toMatchObject({ PUBLIC_PATH: `/api/v1/${service}` });
});

test.each(serviceCharts)('compose gives %s a collector and a share of traces, to be set', (service) => {
  const preload = preloadVariables();
  const given = Object.entries(environmentOf(service)).filter(([name]) => name.startsWith('OTEL_'));
  expect(Object.fromEntries(given)).toEqual({
    OTEL_EXPORTER_OTLP_ENDPOINT: '',
    OTEL_TRACES_SAMPLER_ARG: '1',
  });
  expect(given.map(([name]) => name).filter((name) => !preload.includes(name))).toEqual([]);
});

test('a variable that is missing or misspelt is noticed', async () => {
  const { CATALOGUE_HOST, ...values } = environmentOf('cart');
  const read = await configReader('cart');
  expect(() => unknownVariables(read, { values, helpers })).toThrow('CATALOGUE_HOST: is not set');
  const misspelt = { ...values, CATALOGUE_HOST: String(CATALOGUE_HOST), LOG_LEVLE: 'info' };
  expect(unknownVariables(read, { values: misspelt, helpers })).toEqual(['LOG_LEVLE']);
  const traced = { ...environmentOf('cart'), OTEL_TRACE_SAMPLER_ARG: '1' };
  expect(unknownVariables(read, { values: traced, helpers })).toEqual(['OTEL_TRACE_SAMPLER_ARG']);
});

test('the gateway gets all variables of its template, from its image or from compose, and no others', () => {
  const image = readFileSync(join(repository, 'web/Dockerfile'), 'utf8');
  const [block = ''] = /^ENV NGINX(?:.*\\\n)*.*/m.exec(image) ?? [];
  const inImage = [...block.matchAll(/\b([A-Z_]+)=/g)].map(([, name = '']) => name);
  const inCompose = Object.keys(environmentOf('web'));
  const known = gatewayVariables();
  expect(known.filter((name) => !inImage.includes(name) && !inCompose.includes(name))).toEqual([]);
  expect(inCompose.filter((name) => !known.includes(name))).toEqual([]);
});

test('the simulators start with what compose gives them', async () => {
  const load = await loadFunction('packages/simulators/src/environment.ts', 'loadEnvironment');
  expect(load(environmentOf('simulators'))).toMatchObject({
    ports: { card: 8081, mpesa: 8082, carrier: 8083 },
  });
});

test('the sample accounts are what the user service reads, and the steady shoppers sign in as one of them', async () => {
  const read = await loadFunction('services/user/src/config.ts', 'readSeedConfig');
  const { MERCHANDISER_EMAIL: email, MERCHANDISER_PASSWORD: password } = environmentOf('shoppers');
  expect(read(environmentOf('seed-user'))).toMatchObject({
    SAMPLE_ACCOUNTS: expect.arrayContaining([expect.objectContaining({ email, password })]),
  });
});

test('the audit knows where every store and every ledger is', async () => {
  const accessFrom = await loadFunction('packages/audit/src/access.ts', 'accessFrom');
  expect(accessFrom(environmentOf('audit'))).toMatchObject({
    ledgers: [{ name: 'card' }, { name: 'mpesa' }],
  });
});
