import type { z } from 'zod';
import type { ProblemCode } from './problems.ts';
import type { Policy } from './roles.ts';

/** One HTTP operation as both sides see it; kit serves it, documents it and enforces its policy. */
export interface Operation {
  /** Unique over the service, lower camel case: OpenAPI's operationId. */
  id: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Relative to the service, parameters in braces: `/products/{sku}`. */
  path: string;
  summary: string;
  policy: Policy;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** A strict schema of the JSON body. */
  body?: z.ZodType;
  /** Content type of a body that is not JSON; the handler then reads the raw request. */
  rawBody?: { contentType: string; maxBytes: number };
  /** Status → schema of the JSON body, or a content type for anything else, or null for no body. */
  answers: Readonly<Record<number, z.ZodType | string | null>>;
  /** The problems beyond those every operation may answer. */
  problems?: readonly ProblemCode[];
  /** Needs an Idempotency-Key; its answer is replayed. */
  idempotent?: true;
  ifMatch?: 'required' | 'optional';
}

export const operation = <const T extends Operation>(it: T): T => it;

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
export type Params<T extends Operation> = Parsed<T['params']>;
export type Query<T extends Operation> = Parsed<T['query']>;
export type Body<T extends Operation> = Parsed<T['body']>;
/** The JSON body of an operation's successful answer. */
export type Reply<T extends Operation> = {
  [S in keyof T['answers']]: T['answers'][S] extends z.ZodType ? z.output<T['answers'][S]> : never;
}[keyof T['answers']];
