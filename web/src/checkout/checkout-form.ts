import { Email } from '@shopstack/contracts/primitives';
import { z } from 'zod';
import { AddressForm, emptyAddress } from './address-form.ts';

/** Guests need an e-mail address; whoever is signed in has one. */
export const checkoutForm = (guest: boolean) =>
  z.object({
    email: guest ? Email : z.string(),
    address: AddressForm,
    remember: z.boolean(),
  });
export type CheckoutForm = z.input<ReturnType<typeof checkoutForm>>;

const Draft = z.object({
  email: z.string(),
  address: z.record(z.string(), z.string()),
  remember: z.boolean(),
});
const KEY = 'checkout-draft';
type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export const emptyCheckout: CheckoutForm = { email: '', address: emptyAddress, remember: false };

/** A half-filled checkout survives signing in and reloading, until the tab is closed. */
export function readDraft(memory: Memory): CheckoutForm {
  try {
    const draft = Draft.parse(JSON.parse(memory.getItem(KEY) ?? ''));
    return { ...draft, address: { ...emptyAddress, ...draft.address } };
  } catch {
    return emptyCheckout;
  }
}
export const writeDraft = (memory: Memory, form: CheckoutForm): void =>
  memory.setItem(KEY, JSON.stringify(form));
export const dropDraft = (memory: Memory): void => memory.removeItem(KEY);

/** Enough of an address to ask what delivery costs. */
export function destinationOf({ country, postcode, city }: AddressForm) {
  const destination = { country: country.trim(), postcode: postcode.trim(), city: city.trim() };
  const complete =
    /^[A-Z]{2}$/.test(destination.country) && destination.postcode.length > 2 && destination.city;
  return complete ? destination : undefined;
}
