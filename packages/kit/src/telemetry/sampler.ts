import { type Context, SpanKind, trace } from '@opentelemetry/api';
import {
  type Sampler,
  SamplingDecision,
  type SamplingResult,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';

const no: SamplingResult = { decision: SamplingDecision.NOT_RECORD };
const yes: SamplingResult = { decision: SamplingDecision.RECORD_AND_SAMPLED };
/** A trace begins with a request or a message, never in a loop that looks into a store. */
const begins: readonly SpanKind[] = [SpanKind.SERVER, SpanKind.CONSUMER, SpanKind.PRODUCER];

const USUAL_RATIO = 0.1;

/** The share of traces to keep; a tenth when it is not a number from 0 to 1. */
export function ratioOf(text: string | undefined): number {
  const ratio = Number(text?.trim() || USUAL_RATIO);
  return ratio >= 0 && ratio <= 1 ? ratio : USUAL_RATIO;
}

/**
 * Follows its parent. Whether a trace is kept is computed from its id, so all services with the same ratio decide alike,
 * and a browser that asks for its trace to be kept does not get more than the ratio.
 */
export function createSampler(ratio: number): Sampler {
  const share = new TraceIdRatioBasedSampler(ratio);
  return {
    shouldSample: (context: Context, traceId: string, _name: string, kind: SpanKind) => {
      const parent = trace.getSpanContext(context);
      if (!parent) return begins.includes(kind) ? share.shouldSample(context, traceId) : no;
      if ((parent.traceFlags & 1) === 0) return no;
      return parent.isRemote ? share.shouldSample(context, traceId) : yes;
    },
    toString: () => `shop{${ratio}}`,
  };
}
