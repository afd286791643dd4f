import { basename, dirname } from 'node:path';
import { beforeExit } from '../farewell.ts';
import { createIdGenerator } from './ids.ts';
import { instrumentations } from './instrumentations.ts';
import { loadInstrumented } from './libraries.ts';
import { NodeSDK } from './opentelemetry.ts';
import { createLot, createSampler, ratioOf } from './sampler.ts';
import { openSpanQueue } from './span-queue.ts';

/** Before any of the instrumented libraries is loaded. */
export function startTracing(environment: NodeJS.ProcessEnv): void {
  // Whose command line, user and host it is, is for the platform to say.
  environment.OTEL_NODE_RESOURCE_DETECTORS ??= 'env,serviceinstance';
  const main = process.argv[1] ?? '';
  const ratio = ratioOf(environment.OTEL_TRACES_SAMPLER_ARG);
  const lot = createLot(ratio);
  loadInstrumented(main, () => {
    const sdk = new NodeSDK({
      serviceName: environment.OTEL_SERVICE_NAME ?? serviceOf(main),
      instrumentations: instrumentations(lot.keeps),
      sampler: createSampler(lot),
      spanProcessors: [openSpanQueue(limitsOf(environment))],
      idGenerator: createIdGenerator(ratio),
      metricReaders: [],
      logRecordProcessors: [],
    });
    sdk.start();
    beforeExit(() => sdk.shutdown());
  });
}

const limitsOf = ({ OTEL_EXPORTER_OTLP_TIMEOUT: timeout }: NodeJS.ProcessEnv) =>
  Number(timeout) > 0 ? { answerWithinMs: Number(timeout) } : {};

/** `cart` of services/cart/src/main.ts. */
const serviceOf = (main: string): string => basename(dirname(dirname(main))) || 'unknown';
