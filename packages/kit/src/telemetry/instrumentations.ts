import { AmqplibInstrumentation } from '@opentelemetry/instrumentation-amqplib';
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb';
import { MongooseInstrumentation } from '@opentelemetry/instrumentation-mongoose';
import { MySQL2Instrumentation } from '@opentelemetry/instrumentation-mysql2';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { isUntraced, maskedStatement } from './masking.ts';

/**
 * Nothing of what is said to a store but the name of the command. A request that is not kept is ignored as a whole: spans
 * that nobody keeps cost more than half of those that are kept.
 */
export const instrumentations = (keeps: (traceparent: string | undefined) => boolean) => [
  new HttpInstrumentation({
    ignoreIncomingRequestHook: (req) => isUntraced(req) || !keeps(req.headers.traceparent?.toString()),
    disableOutgoingRequestInstrumentation: true,
  }),
  new ExpressInstrumentation({ ignoreLayersType: [ExpressLayerType.MIDDLEWARE, ExpressLayerType.ROUTER] }),
  new UndiciInstrumentation({ requireParentforSpans: true }),
  new MySQL2Instrumentation({ maskStatement: true, maskStatementHook: maskedStatement }),
  new MongooseInstrumentation({
    suppressInternalInstrumentation: true,
    dbStatementSerializer: (name) => name,
  }),
  new MongoDBInstrumentation({ dbStatementSerializer: () => '' }),
  new IORedisInstrumentation({ dbStatementSerializer: (name) => name }),
  new AmqplibInstrumentation(),
];
