import { type Context, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import type { Sampler, SamplingResult } from '@opentelemetry/sdk-trace';
import { isKept, readTraceparent } from '../trace.ts';
import { SamplingDecision, TraceIdRatioBasedSampler } from './opentelemetry.ts';

const no: SamplingResult = { decision: SamplingDecision.NOT_RECORD };
const yes: SamplingResult = { decision: SamplingDecision.RECORD_AND_SAMPLED };

const USUAL_RATIO = 0.1;

/** The share of traces to keep; a tenth when it is not a number from 0 to 1. */
export function ratioOf(text: string | undefined): number {
  const ratio = Number(text?.trim() || USUAL_RATIO);
  return ratio >= 0 && ratio <= 1 ? ratio : USUAL_RATIO;
}

/**
 * Whether the trace of a request is kept: as its caller decided, of whom nobody gets more than the ratio; by lot when it
 * begins here.
 */
export function createLot(ratio: number, draw = Math.random) {
  const share = new TraceIdRatioBasedSampler(ratio);
  const isShared = (traceId: string) => share.shouldSample(ROOT_CONTEXT, traceId).decision === yes.decision;
  return {
    draws: () => draw() < ratio,
    keeps: (traceparent: string | undefined): boolean => {
      const caller = readTraceparent(traceparent);
      return caller ? isKept(caller) && isShared(caller.traceId) : draw() < ratio;
    },
    isShared,
  };
}
type Lot = ReturnType<typeof createLot>;

/**
 * Follows its parent. A trace begins with a request, about which the lot was drawn before, or with a message; never in a
 * loop that looks into a store.
 */
export const createSampler = (lot: Lot): Sampler => ({
  shouldSample: (context: Context, _traceId: string, _name: string, kind: SpanKind) => {
    const parent = trace.getSpanContext(context);
    if (!parent) return begins(kind, lot) ? yes : no;
    if (!isKept(parent)) return no;
    return !parent.isRemote || lot.isShared(parent.traceId) ? yes : no;
  },
  toString: () => 'shop',
});

const begins = (kind: SpanKind, lot: Lot): boolean =>
  kind === SpanKind.SERVER || ([SpanKind.CONSUMER, SpanKind.PRODUCER].includes(kind) && lot.draws());
