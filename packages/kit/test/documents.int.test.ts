import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as catalogue from '@shopstack/contracts/catalogue';
import * as dispatch from '@shopstack/contracts/dispatch';
import * as merchandise from '@shopstack/contracts/merchandise';
import type { Operation } from '@shopstack/contracts/operation';
import * as user from '@shopstack/contracts/user';
import { z } from 'zod';
import { openApi } from '../src/documents.ts';
import { ask } from './ask.ts';
import { guardedOperations, type Service, startService } from './fixture.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const Schema = z.looseObject({ $schema: z.never().optional(), $id: z.never().optional() });
const Media = z.strictObject({ schema: Schema.optional() });
const Content = z.record(z.string().regex(/^[\w.+-]+\/[\w.+*-]+$/), Media);
const Parameter = z.strictObject({
  name: z.string().min(1),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean(),
  schema: Schema,
});
const Response = z.strictObject({ description: z.string().min(1), content: Content.optional() });
const Described = z.strictObject({
  operationId: z.string().regex(/^[a-z]\w*$/i),
  summary: z.string().min(1),
  'x-policy': z.looseObject({ kind: z.string() }),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z.array(Parameter).optional(),
  requestBody: z.strictObject({ required: z.boolean(), content: Content }).optional(),
  responses: z.record(z.string().regex(/^([1-5]\d\d|default)$/), Response),
});
const methods = z.enum(['get', 'post', 'put', 'patch', 'delete']);
/** The parts of OpenAPI 3.1 that we use, strictly. */
const Document = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string() }),
  servers: z.array(z.strictObject({ url: z.string().startsWith('/') })),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(methods, Described)),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), Schema),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.enum(['http', 'apiKey']) })),
  }),
});

function resolve(document: unknown, pointer: string): unknown {
  let at: unknown = document;
  for (const part of pointer.replace(/^#\//, '').split('/'))
    at = at && typeof at === 'object' ? Object.entries(at).find(([name]) => name === part)?.[1] : undefined;
  return at;
}
function faultsOf(told: unknown): string[] {
  const document = Document.parse(told);
  const text = JSON.stringify(document);
  const references = [...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, pointer = '']) => pointer);
  const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
  return [
    ...references
      .filter((it) => !/^#(\/[^#]*)?$/.test(it) || resolve(document, it) === undefined)
      .map((it) => `no ${it}`),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} twice`),
    ...Object.entries(document.paths).flatMap(([path, item]) =>
      Object.values(item).flatMap((it) => operationFaults(path, it, document)),
    ),
  ];
}
function operationFaults(
  path: string,
  it: z.infer<typeof Described>,
  document: z.infer<typeof Document>,
): string[] {
  const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const has = (it.parameters ?? []).filter((p) => p.in === 'path' && p.required).map((p) => p.name);
  const schemes = (it.security ?? []).flatMap((one) => Object.keys(one));
  return [
    ...(wanted.join() === has.join() ? [] : [`${it.operationId}: parameters ${has} of ${path}`]),
    ...schemes.filter((one) => !(one in document.components.securitySchemes)),
  ];
}
const isOperation = (it: unknown): it is Operation =>
  typeof it === 'object' && it !== null && 'answers' in it && 'policy' in it;

describe('the OpenAPI document', () => {
  test('is valid and its references resolve', async () => {
    const { status, body } = await ask(service.url, 'GET', '/openapi.json');
    expect(status).toBe(200);
    expect(faultsOf(body)).toEqual([]);
    expect(body.servers).toEqual([{ url: '/api/v1/things' }]);
  });

  test.each(Object.entries({ user, dispatch, merchandise, catalogue: { ...catalogue, ...merchandise } }))(
    'of %s is valid too',
    (name, contract) => {
      const operations = Object.values(contract).filter(isOperation);
      expect(operations.length).toBeGreaterThan(2);
      const document = openApi(name, `/api/v1/${name}`, operations);
      expect(faultsOf(JSON.parse(JSON.stringify(document)))).toEqual([]);
    },
  );

  test('describes recursion by a reference to itself', async () => {
    const { body } = await ask(service.url, 'GET', '/openapi.json');
    const { components } = Document.parse(body);
    const [name = ''] =
      Object.entries(components.schemas).find(([, it]) => JSON.stringify(it).includes('"children"')) ?? [];
    const recursive = Object.entries(components.schemas).filter(([id, it]) =>
      JSON.stringify(it).includes(`#/components/schemas/${id}"`),
    );
    expect(name).not.toBe('');
    expect(recursive).toHaveLength(1);
  });

  test('keeps the answers of two statuses apart', async () => {
    const { paths, components } = Document.parse((await ask(service.url, 'GET', '/openapi.json')).body);
    const told = ['200', '201'].map((status) => {
      const schema = paths['/things/{id}']?.put?.responses[status]?.content?.['application/json']?.schema;
      return components.schemas[String(schema?.$ref).split('/').at(-1) ?? '']?.required;
    });
    expect(told).toEqual([['id', 'title'], ['created']]);
  });

  test('says who may call and what must be sent', async () => {
    const { paths } = Document.parse((await ask(service.url, 'GET', '/openapi.json')).body);
    const securityOf = (id: string) => paths[`/guarded/${id}`]?.get?.security;
    expect(guardedOperations.map(({ id }) => [id, securityOf(id)])).toEqual([
      ['anyone', undefined],
      ['shopper', [{}, { bearer: [] }]],
      ['signedIn', [{ bearer: [] }]],
      ['follower', [{ bearer: [] }, { followToken: [] }]],
      ['support', [{ bearer: [] }]],
      ['carrier', [{ bearer: [] }]],
      ['internal', undefined],
      ['webhook', undefined],
    ]);
    expect(paths['/things/{id}']?.put?.parameters).toContainEqual({
      name: 'If-Match',
      in: 'header',
      required: true,
      schema: { type: 'string' },
    });
    expect(paths['/things']?.get?.parameters?.map(({ name, required }) => [name, required])).toEqual([
      ['q', false],
      ['limit', false],
    ]);
  });
});

describe('the documents page', () => {
  test('obeys its own Content-Security-Policy', async () => {
    const page = await ask(service.url, 'GET', '/docs');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/upgrade-insecure-requests|unsafe-eval|script-src[^;]*unsafe-inline/);
    expect(page.text).not.toMatch(/<script(?![^>]*\ssrc=)/i);
    expect(page.text).not.toMatch(/\son\w+=|<style|style=|javascript:|https?:\/\//i);
    const own = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = '']) => url);
    expect(own).toHaveLength(4);
    for (const url of own) {
      expect(url).toMatch(/^\/api\/v1\/things\/docs\//);
      const asset = await ask(service.url, 'GET', url.replace('/api/v1/things', ''));
      expect(asset.status).toBe(200);
      expect(asset.text.length).toBeGreaterThan(50);
      const type = url.endsWith('.js') ? /javascript/ : url.endsWith('.css') ? /css/ : /image\/png/;
      expect(asset.headers.get('content-type')).toMatch(type);
    }
  });
});
