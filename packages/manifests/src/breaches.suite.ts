import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { helmFolder, repository } from './charts.ts';
import { HelmError, whyHelmCannotRun } from './helm.ts';
import { schemaFaults } from './kubernetes-schema.ts';
import { beyondTunnel, edgesOfPolicies, edgesOfVariables, namespacesOut, openRules } from './network.ts';
import { podFaults } from './pod-policy.ts';
import { configReader } from './programs.ts';
import { readDocuments, renderText } from './rendering.ts';
import { goldenFile, goldenText } from './renewal.ts';
import { secretFaults, valueSecretFaults } from './secret-policy.ts';
import { unknownVariables, variablesOf } from './variables.ts';
import type { Mapping } from './yaml-value.ts';

/** The cart in staging as a text in which a breach can be planted. */
const golden = readFileSync(goldenFile('cart', 'staging'), 'utf8');

/** The objects after a change of the text, which must be one. */
function planted(from: string | RegExp, to: string): Mapping[] {
  const text = golden.replace(from, to);
  expect(text).not.toBe(golden);
  return readDocuments(text);
}

describe('the schemas notice', () => {
  it.each([
    [
      'a misspelt field',
      'terminationGracePeriodSeconds',
      'terminationGraceSeconds',
      /terminationGraceSeconds/,
    ],
    ['a misspelt field of an operator', 'scheme: https', 'schema: https', /unknown key schema/],
    ['a wrong type', 'revisionHistoryLimit: 5', 'revisionHistoryLimit: five', /must be integer/],
    ['a missing field', 'maxReplicas: 3', '', /must have required property 'maxReplicas'/],
    ['an issuer nobody named', 'issuerRef:', 'issuer:', /issuer/],
    ['a kind nobody knows', 'kind: PodDisruptionBudget', 'kind: PodDisruption', /no schema for/],
  ])('%s', (_what, from, to, expected) => {
    expect(planted(from, to).flatMap(schemaFaults).join('\n')).toMatch(expected);
  });
});

describe('the rules for pods notice', () => {
  const limits = / {10}resources:\n {12}limits:\n {14}cpu: "1"\n {14}memory: 384Mi\n/;
  it.each([
    ['missing limits', limits, '          resources:\n', /cart has no limits of cpu/],
    ['a writable root', 'readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false', /readOnlyRoot/],
    ['root', 'runAsUser: 10001', 'runAsUser: 0', /runAsUser is 0/],
    ['a capability', 'drop: [ALL]', 'drop: [ALL]\n              add: [NET_ADMIN]', /added is NET_ADMIN/],
    ['no seccomp profile', 'type: RuntimeDefault', 'type: Unconfined', /seccompProfile is Unconfined/],
    [
      'a token',
      'automountServiceAccountToken: false\n      enable',
      'enable',
      /automountServiceAccountToken/,
    ],
    ['a folder of the host', 'emptyDir:\n', 'hostPath:\n', /volume tmp is a hostPath/],
    ['a moving tag', 'shopstack-cart:TAG', 'shopstack-cart:latest', /runs .*:latest/],
    ['no tag', 'shopstack-cart:TAG', 'shopstack-cart', /runs .*shopstack-cart$/m],
    [
      'a missing probe',
      'readinessProbe:\n            httpGet',
      'lifecycle:\n            httpGet',
      /readinessProbe/,
    ],
    ['a probe that leaves traces', 'X-INSTANA-SYNTHETIC', 'X-PROBE', /leaves traces/],
    ['an early kill', 'GracePeriodSeconds: 35', 'GracePeriodSeconds: 20', /too short to end/],
    ['pods that gather', 'topologySpreadConstraints', 'unusedConstraints', /is not spread/],
  ])('%s', (_what, from, to, expected) => {
    expect(podFaults(planted(from, to), 'staging').join('\n')).toMatch(expected);
  });

  it('that `latest` is fine in development only', () => {
    const objects = planted('shopstack-cart:TAG', 'shopstack-cart:latest');
    expect(podFaults(objects, 'development')).toEqual([]);
    expect(podFaults(objects, 'preprod')).not.toEqual([]);
  });
  it('how long a service takes to end', () => {
    const kit = readFileSync(join(repository, 'packages/kit/src/service.ts'), 'utf8');
    expect(kit).toContain('STOP_DEADLINE_MS = 20_000;');
  });
});

describe('the rules for secrets notice', () => {
  it.each([
    ['a password in a URL', '$(AMQP_PASSWORD)', 'hunter2', /AMQP_URL has its value/],
    [
      'a value in place of a reference',
      /valueFrom:\n +secretKeyRef:\n.*\n.*\n/,
      'value: hunter2\n',
      /PASSWORD has/,
    ],
    [
      'a secret in the ConfigMap',
      '  LOG_LEVEL:',
      '  CARRIER_TOKEN: "hunter2"\n  LOG_LEVEL:',
      /CARRIER_TOKEN/,
    ],
  ])('%s', (_what, from, to, expected) => {
    expect(secretFaults(planted(from, to)).join('\n')).toMatch(expected);
  });
  it('one in a values file', () => {
    const values = { env: [{ name: 'JWT_KEK', value: 'hunter2' }], redis: { password: 'hunter2' } };
    expect(valueSecretFaults('values.yaml', values)).toHaveLength(2);
  });
});

describe('the rules for the network notice', () => {
  const graph = (objects: readonly Mapping[]) => {
    const told = variablesOf(objects, 'cart').values;
    const reached = Object.entries(told).map(
      ([key, it]) => [key, beyondTunnel(it, objects, 'cart')] as const,
    );
    return edgesOfVariables('cart', Object.fromEntries(reached), [
      'cart',
      'catalogue',
      'user',
      'payment',
    ]).sort();
  };
  const policies = (objects: readonly Mapping[]) => [...edgesOfPolicies(objects).out].sort();
  const ownPolicy = (objects: readonly Mapping[]) => policies(objects).filter((it) => it.startsWith('cart'));

  it('nothing where nothing is wrong', () => {
    const objects = readDocuments(golden);
    expect(ownPolicy(objects)).toEqual(graph(objects));
    expect(openRules(objects)).toEqual([]);
  });
  it('a call too many, and one too few', () => {
    const egress = golden.slice(golden.indexOf('egress:'));
    const objects = readDocuments(golden.replace(egress, egress.replace('name: catalogue', 'name: payment')));
    expect(ownPolicy(objects)).not.toEqual(graph(objects));
    expect(ownPolicy(objects)).toContain('cart → payment');
    expect(graph(objects)).toContain('cart → catalogue');
  });
  it('spans that are let out elsewhere', () => {
    const out = (text: string) => namespacesOut(readDocuments(text), 'cart');
    expect(out(golden)).toEqual(['observability:4318']);
    expect(out(golden.replace('port: 4318', 'port: 4317'))).toEqual(['observability:4317']);
    expect(out(golden.replace('metadata.name: observability', 'metadata.name: default'))).toEqual([
      'default:4318',
    ]);
  });
  it('a variable that leads elsewhere', () => {
    const objects = planted('set $callee catalogue.', 'set $callee payment.');
    expect(graph(objects)).toContain('cart → payment');
  });
  it('a rule for everybody', () => {
    const objects = planted(
      /- from:\n +- podSelector:\n +matchLabels:\n.*web\n/,
      '- from:\n        - podSelector: {}\n',
    );
    expect(openRules(objects)).toEqual(['cart: ingress is open to everybody']);
  });
});

describe('the comparison of variables notices', () => {
  it('one that the service does not know', async () => {
    const objects = planted('  LOG_LEVEL:', '  LOG_LEVEL_S: "info"\n  LOG_LEVEL:');
    expect(unknownVariables(await configReader('cart'), variablesOf(objects, 'cart'))).toEqual([
      'LOG_LEVEL_S',
    ]);
  });
  it('one that is missing', async () => {
    const given = variablesOf(planted(/ {2}CATALOGUE_HOST: .*\n/, ''), 'cart');
    const read = await configReader('cart');
    expect(() => unknownVariables(read, given)).toThrow(/CATALOGUE_HOST: is not set/);
  });
});

const why = whyHelmCannotRun();
if (why) console.warn(`SKIPPED, helm is not asked: ${why}`);
const withHelm = why ? describe.skip : describe;

withHelm('helm refuses', () => {
  const refusal = (...set: string[]) => refusalWith([], ...set);
  const refusalWith = (files: string[], ...set: string[]) => {
    try {
      renderText('cart', { set, files });
    } catch (error) {
      if (error instanceof HelmError) return error.message;
      throw error;
    }
    return 'nothing';
  };
  const breaches: [string, string, RegExp][] = [
    ['an unknown key', 'deploy.imagee.tag=1.0.0', /imagee/],
    ['an unknown key at the top', 'hpaa.enabled=true', /hpaa/],
    ['an unknown key of the library', 'common.tls.enable=true', /Additional property enable is/],
    ['a missing repository', 'deploy.image.repository=null', /deploy\.image: repository is required/],
    ['a missing namespace', 'defaults.namespace.name=null', /defaults\.namespace: name is required/],
    ['missing ports', 'service.ports.http=null', /service\.ports: http is required/],
    ['a missing switch', 'hpa.enabled=null', /hpa: enabled is required/],
    ['a wrong type', 'deploy.replicaCount=two', /replicaCount.*Expected: integer/],
    ['a text for a switch', 'pdb.enabled=maybe', /pdb\.enabled.*Expected: boolean/],
    ['an unknown environment', 'defaults.environment=stagin', /defaults\.environment/],
    ['a variable in lower case', 'env[0].name=redis_host', /env\.0\.name/],
  ];
  // helm names all that is wrong at once; without the breaches nothing is (renderings.suite.ts).
  let said: string | undefined;
  it.each(breaches)('%s, by its name', (_what, _set, expected) => {
    said ??= refusal(...breaches.map(([, set]) => set));
    expect(said).toMatch(expected);
  });
  it('the tag `latest` outside development', () => {
    const staging = [join(helmFolder, 'cart/values-staging.yaml')];
    expect(refusalWith(staging, 'deploy.image.tag=latest')).toMatch(
      /deploy\.image\.tag: latest is for development/,
    );
    expect(refusal('deploy.image.tag=latest')).toBe('nothing');
  });
  it('a golden rendering changes with any value', () => {
    const text = goldenText(renderText('cart', { set: ['hpa.maxReplicas=4'] }));
    expect(text).not.toBe(readFileSync(goldenFile('cart', 'default'), 'utf8'));
  });
});
