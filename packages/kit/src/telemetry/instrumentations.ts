import { isUntraced, maskedStatement } from './masking.ts';
import {
  AmqplibInstrumentation,
  ExpressInstrumentation,
  ExpressLayerType,
  HttpInstrumentation,
  IORedisInstrumentation,
  MongoDBInstrumentation,
  MongooseInstrumentation,
  MySQL2Instrumentation,
  UndiciInstrumentation,
} from './opentelemetry.ts';

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
