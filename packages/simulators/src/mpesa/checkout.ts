import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';

/** One prompt on a customer's phone and the money it moved. */
export const Checkout = z.object({
  id: z.string(),
  merchantRequestId: z.string(),
  phone: z.string(),
  amountMinor: z.int().min(1),
  reference: z.string(),
  callbackUrl: z.string(),
  /** None while the prompt is on the phone; 0 is paid. */
  resultCode: z.int().optional(),
  receipt: z.string().optional(),
  reversals: z.array(
    z.object({ receipt: z.string(), amountMinor: z.int(), occasion: z.string(), at: z.string() }),
  ),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Checkout = z.infer<typeof Checkout>;
export type Wish = Pick<Checkout, 'phone' | 'amountMinor' | 'reference' | 'callbackUrl'>;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
/** Looks like M-Pesa's: ten capitals and digits. */
const newReceipt = () =>
  Array.from(randomBytes(10), (byte) => alphabet[byte % alphabet.length] ?? 'A').join('');

export function newCheckout(wish: Wish): Checkout {
  const now = new Date().toISOString();
  return {
    id: `ws_CO_${randomUUID().replaceAll('-', '')}`,
    merchantRequestId: randomUUID(),
    ...wish,
    reversals: [],
    createdAt: now,
    updatedAt: now,
  };
}

/** The customer's word, once. */
export function decide(it: Checkout, resultCode: number): Checkout | undefined {
  if (it.resultCode !== undefined) return undefined;
  const paid = resultCode === 0 ? { receipt: newReceipt() } : {};
  return { ...it, resultCode, ...paid, updatedAt: new Date().toISOString() };
}

/** Sends money back; undefined when more would go back than came. */
export function reverse(it: Checkout, wish: { amountMinor: number; occasion: string }): Checkout | undefined {
  const reversed = it.reversals.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  if (it.resultCode !== 0 || reversed + wish.amountMinor > it.amountMinor) return undefined;
  const at = new Date().toISOString();
  return { ...it, updatedAt: at, reversals: [...it.reversals, { receipt: newReceipt(), ...wish, at }] };
}
