import { createRequire } from 'node:module';

/**
 * OpenTelemetry as CommonJS: one copy of each package (some of them have no other form) and half the time to load.
 * Nothing else of this folder may import a value of theirs but the API.
 */
const require = createRequire(import.meta.url);

type Sdk = typeof import('@opentelemetry/sdk-node');
type Traces = typeof import('@opentelemetry/sdk-trace');
type Otlp = typeof import('@opentelemetry/exporter-trace-otlp-http');
type Amqplib = typeof import('@opentelemetry/instrumentation-amqplib');
type Express = typeof import('@opentelemetry/instrumentation-express');
type Http = typeof import('@opentelemetry/instrumentation-http');
type IoRedis = typeof import('@opentelemetry/instrumentation-ioredis');
type MongoDb = typeof import('@opentelemetry/instrumentation-mongodb');
type Mongoose = typeof import('@opentelemetry/instrumentation-mongoose');
type MySql2 = typeof import('@opentelemetry/instrumentation-mysql2');
type Undici = typeof import('@opentelemetry/instrumentation-undici');

export const { NodeSDK }: Sdk = require('@opentelemetry/sdk-node');
export const {
  BatchSpanProcessor,
  SamplingDecision,
  TraceIdRatioBasedSampler,
}: Traces = require('@opentelemetry/sdk-trace');
export const { OTLPTraceExporter }: Otlp = require('@opentelemetry/exporter-trace-otlp-http');
export const { AmqplibInstrumentation }: Amqplib = require('@opentelemetry/instrumentation-amqplib');
export const {
  ExpressInstrumentation,
  ExpressLayerType,
}: Express = require('@opentelemetry/instrumentation-express');
export const { HttpInstrumentation }: Http = require('@opentelemetry/instrumentation-http');
export const { IORedisInstrumentation }: IoRedis = require('@opentelemetry/instrumentation-ioredis');
export const { MongoDBInstrumentation }: MongoDb = require('@opentelemetry/instrumentation-mongodb');
export const { MongooseInstrumentation }: Mongoose = require('@opentelemetry/instrumentation-mongoose');
export const { MySQL2Instrumentation }: MySql2 = require('@opentelemetry/instrumentation-mysql2');
export const { UndiciInstrumentation }: Undici = require('@opentelemetry/instrumentation-undici');
