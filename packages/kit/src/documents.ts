import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Operation } from '@shopstack/contracts/operation';
import { ProblemDetails, problems } from '@shopstack/contracts/problems';
import type { Policy } from '@shopstack/contracts/roles';
import type { Express } from 'express';
import { z } from 'zod';

type Json = Record<string, unknown>;
const pointerTo = (name: string) => `#/components/schemas/${name}`;
const ref = (name: string) => ({ $ref: pointerTo(name) });

/** OpenAPI 3.1 of the operations, from the schemas that check their requests. */
export function openApi(service: string, publicPath: string, operations: readonly Operation[]): Json {
  const registry = z.registry<{ id: string }>();
  const named = (schema: z.ZodType, id: string) => {
    if (!registry.has(schema)) registry.add(schema, { id });
    return ref(registry.get(schema)?.id ?? id);
  };
  const problemRef = named(ProblemDetails, 'Problem');
  const paths: Record<string, Json> = {};
  for (const it of operations) {
    paths[it.path] = { ...paths[it.path], [it.method]: describe(it, named, problemRef) };
  }
  return {
    openapi: '3.1.0',
    info: { title: `ShopStack ${service}`, version: '1' },
    servers: [{ url: publicPath }],
    paths,
    components: {
      schemas: schemasOf(registry),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        followToken: { type: 'apiKey', in: 'header', name: 'Follow-Token' },
      },
    },
  };
}

/** Zod keeps recursive parts under `__shared`, with references that are not JSON pointers: they become schemas too. */
function schemasOf(registry: z.core.$ZodRegistry<{ id: string }>): Json {
  const made = z.toJSONSchema(registry, { uri: pointerTo, io: 'input', unrepresentable: 'any' });
  const { __shared: shared, ...schemas } = made.schemas;
  const all: Record<string, Json> = { ...schemas, ...shared?.$defs };
  for (const schema of Object.values(all)) {
    delete schema.$schema;
    delete schema.$id;
  }
  return JSON.parse(JSON.stringify(all).replaceAll(`${pointerTo('__shared')}#/$defs/`, pointerTo('')));
}

function describe(it: Operation, named: (schema: z.ZodType, id: string) => Json, problemRef: Json): Json {
  const responses: Record<string, Json> = {};
  for (const [status, answer] of Object.entries(it.answers)) {
    const id = Object.keys(responses).length === 0 ? `${it.id}Answer` : `${it.id}Answer${status}`;
    responses[status] = response(answer, id, named);
  }
  const codes = ['validation-failed', ...(it.problems ?? [])] as const;
  for (const code of codes) {
    responses[String(problems[code][0])] ??= problemResponse(problemRef, problems[code][1]);
  }
  responses.default = problemResponse(problemRef, 'A problem');
  const parameters = [
    ...fields(it.params, 'path'),
    ...fields(it.query, 'query'),
    ...(it.idempotent ? [header('Idempotency-Key', true)] : []),
    ...(it.ifMatch ? [header('If-Match', it.ifMatch === 'required')] : []),
  ];
  return {
    operationId: it.id,
    summary: it.summary,
    'x-policy': it.policy,
    ...securityOf(it.policy),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(it, named),
    responses,
  };
}

function securityOf(policy: Policy): Json {
  const bearer = { bearer: [] };
  switch (policy.kind) {
    case 'anyone':
    case 'webhook':
    case 'internal':
      return {};
    case 'shopper':
      return { security: [{}, bearer] };
    case 'follower':
      return { security: [bearer, { followToken: [] }] };
    case 'signed-in':
    case 'roles':
      return { security: [bearer] };
    default:
      return policy satisfies never;
  }
}

const header = (name: string, required: boolean): Json => ({
  name,
  in: 'header',
  required,
  schema: { type: 'string' },
});
const problemResponse = (schema: Json, description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema } },
});

function response(
  answer: z.ZodType | string | null,
  id: string,
  named: (schema: z.ZodType, id: string) => Json,
): Json {
  if (answer === null) return { description: 'Done' };
  if (typeof answer === 'string') return { description: 'Content', content: { [answer]: {} } };
  return {
    description: 'Success',
    content: { 'application/json': { schema: named(answer, id) } },
  };
}

function requestBody(it: Operation, named: (schema: z.ZodType, id: string) => Json): Json {
  if (it.rawBody) return { requestBody: { required: true, content: { [it.rawBody.contentType]: {} } } };
  if (!it.body) return {};
  const required = !it.body.safeParse(undefined).success;
  return {
    requestBody: { required, content: { 'application/json': { schema: named(it.body, `${it.id}Body`) } } },
  };
}

function fields(schema: z.ZodObject | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return [];
  return Object.entries(schema.shape).map(([name, field]) => {
    const { $schema: _, ...described } = z.toJSONSchema(z.object({ field }), {
      io: 'input',
      unrepresentable: 'any',
    });
    const required = where === 'path' || (described.required ?? []).includes('field');
    return { name, in: where, required, schema: described.properties?.field ?? {} };
  });
}

const uiFolder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const uiFiles = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const DAY_MS = 86_400_000;

/** `/openapi.json` and a documents page at `/docs` whose assets are our own (the CSP allows no others). */
export function serveDocuments(app: Express, publicPath: string, document: () => Json): void {
  let made: Json | undefined;
  app.get('/openapi.json', (_req, res) => {
    res.locals.route = '/openapi.json';
    made ??= document();
    res.json(made);
  });
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>API</title>
<link rel="icon" href="${publicPath}/docs/favicon-32x32.png"><link rel="stylesheet" href="${publicPath}/docs/swagger-ui.css"></head>
<body><div id="ui"></div><script src="${publicPath}/docs/swagger-ui-bundle.js"></script>
<script src="${publicPath}/docs/start.js"></script></body></html>`;
  const start = `SwaggerUIBundle({ url: '${publicPath}/openapi.json', dom_id: '#ui', deepLinking: true });`;
  app.get('/docs', (_req, res) => {
    res.locals.route = '/docs';
    res.type('html').send(page);
  });
  app.get('/docs/start.js', (_req, res) => {
    res.locals.route = '/docs';
    res.type('js').send(start);
  });
  for (const file of uiFiles) {
    app.get(`/docs/${file}`, (_req, res) => {
      res.locals.route = '/docs';
      res.sendFile(file, { root: uiFolder, maxAge: DAY_MS });
    });
  }
}
