import type { ShipmentState } from '@shopstack/contracts/shipping';
import type { z } from 'zod';

type State = z.infer<typeof ShipmentState>;
const next: Readonly<Record<State, readonly State[]>> = {
  held: ['confirmed', 'cancelled'],
  confirmed: ['dispatched', 'cancelled'],
  dispatched: ['in-transit', 'delivered', 'lost'],
  'in-transit': ['in-transit', 'delivered', 'lost'],
  delivered: [],
  lost: [],
  cancelled: [],
};

/** Whether a parcel in one state can be reported in the other. */
export const mayMove = (from: State, to: State): boolean => next[from].includes(to);
/** A parcel that left cannot be called back. */
export const hasLeft = (state: State): boolean =>
  ['dispatched', 'in-transit', 'delivered', 'lost'].includes(state);
