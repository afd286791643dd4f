import type { Event } from '../history.ts';

/** Something that broke a promise. */
export interface Violation {
  /** I1 to I15. */
  promise: string;
  /** Of the order, the request or the cart. */
  id: string;
  detail: string;
}

/** Watches the history for one promise; tells of each violation once, at the event that shows it. */
export interface Judge {
  promise: string;
  title: string;
  see(event: Event): Violation[];
  /** How many things it has looked at so far. */
  checked(): number;
}
