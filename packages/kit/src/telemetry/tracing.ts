import { basename, dirname } from 'node:path';
import { register } from 'import-in-the-middle/register-hooks.mjs';
import { beforeExit } from '../farewell.ts';
import { createIdGenerator } from './ids.ts';

/** Only these are looked at when they are loaded: a hook on everything costs three times the start. */
const include = [
  ...['express', 'mongoose', 'mongodb', 'ioredis', 'mysql2', 'mysql2/promise', 'amqplib'],
  ...['http', 'https', 'node:http', 'node:https'],
];

/** Before any of the libraries above is loaded. */
export async function startTracing(environment: NodeJS.ProcessEnv): Promise<void> {
  register({ include });
  // Whose command line, user and host it is, is for the platform to say.
  environment.OTEL_NODE_RESOURCE_DETECTORS ??= 'env,serviceinstance';
  const [{ NodeSDK }, { createLot, createSampler, ratioOf }, { openSpanQueue }, { instrumentations }] =
    await Promise.all([
      import('@opentelemetry/sdk-node'),
      import('./sampler.ts'),
      import('./span-queue.ts'),
      import('./instrumentations.ts'),
    ]);
  const ratio = ratioOf(environment.OTEL_TRACES_SAMPLER_ARG);
  const lot = createLot(ratio);
  const sdk = new NodeSDK({
    serviceName: environment.OTEL_SERVICE_NAME ?? serviceOf(process.argv[1] ?? ''),
    instrumentations: instrumentations(lot.keeps),
    sampler: createSampler(lot),
    spanProcessors: [openSpanQueue(limitsOf(environment))],
    idGenerator: createIdGenerator(ratio),
    metricReaders: [],
    logRecordProcessors: [],
  });
  sdk.start();
  beforeExit(() => sdk.shutdown());
}

const limitsOf = ({ OTEL_EXPORTER_OTLP_TIMEOUT: timeout }: NodeJS.ProcessEnv) =>
  Number(timeout) > 0 ? { answerWithinMs: Number(timeout) } : {};

/** `cart` of services/cart/src/main.ts. */
const serviceOf = (main: string): string => basename(dirname(dirname(main))) || 'unknown';
