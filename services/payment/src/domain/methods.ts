import type { MethodKind } from './payment.ts';

/** How money is taken with a method. A payment that was only ever let go has none and counts as a card's. */
export const kindOf = (method: string): MethodKind => (method === 'mpesa' ? 'mobile-money' : 'card');
