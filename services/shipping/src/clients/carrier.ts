import type { Destination } from '@shopstack/contracts/cart';
import { createOutbound } from '@shopstack/kit/outbound';
import { problem } from '@shopstack/kit/problem';
import { z } from 'zod';

export interface Parcel {
  /** Our shipment's id: the carrier answers the same for the same reference. */
  reference: string;
  method: string;
  destination: Destination;
  weightGrams: number;
}
const Booked = z.object({ trackingCode: z.string().min(1).max(64) });

/** The carrier's HTTP interface. @throws Problem `unavailable` when it does not answer. */
export function createCarrierClient(options: { baseUrl: string; key: string }) {
  const outbound = createOutbound({
    name: 'carrier',
    foreign: true,
    baseUrl: options.baseUrl,
    timeoutMs: 3000,
    headers: { authorization: `Bearer ${options.key}` },
  });
  return {
    async book(parcel: Parcel): Promise<{ trackingCode: string }> {
      const reply = await outbound.call({
        method: 'POST',
        path: '/shipments',
        body: parcel,
        answer: Booked,
        repeatable: true,
      });
      if (reply.ok) return reply.body;
      throw problem('unavailable', `The carrier refused the parcel (${reply.status}).`);
    },
    /** False when the parcel has left already. */
    async callBack(reference: string): Promise<boolean> {
      const reply = await outbound.call({
        method: 'DELETE',
        path: `/shipments/${reference}`,
        answer: z.unknown(),
        repeatable: true,
      });
      if (reply.ok || reply.status === 404) return true;
      if (reply.status === 409) return false;
      throw problem('unavailable', `The carrier refused the cancellation (${reply.status}).`);
    },
    close: outbound.close,
  };
}
export type CarrierClient = ReturnType<typeof createCarrierClient>;
