import { z } from 'zod';

export const carrierBehaviour = (paceMs: number) =>
  z.strictObject({
    /** Between two steps of a parcel that are still to be planned. */
    paceMs: z.int().min(1).max(86_400_000).default(paceMs),
    paused: z.boolean().default(false),
    /** How parcels end that are in transit now or later. */
    end: z.enum(['delivered', 'lost']).default('delivered'),
  });
export type CarrierBehaviour = z.infer<ReturnType<typeof carrierBehaviour>>;
