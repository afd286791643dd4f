import { describe, expect, test } from '@jest/globals';
import { AddressForm, emptyAddress, fieldProblem, toAddress, toForm } from './address-form.ts';
import {
  checkoutForm,
  destinationOf,
  dropDraft,
  emptyCheckout,
  readDraft,
  writeDraft,
} from './checkout-form.ts';

const filled = {
  ...emptyAddress,
  name: 'Grace',
  line1: 'Lindenweg 5',
  city: 'Berlin',
  postcode: '10115',
  country: 'DE',
};

function problems(address: typeof filled) {
  const result = AddressForm.safeParse(address);
  return (result.error?.issues ?? []).map(({ path, code }) => [path[0], fieldProblem(String(path[0]), code)]);
}

describe('the address form', () => {
  test('optional fields may stay empty and are then not sent', () => {
    expect(AddressForm.safeParse(filled).success).toBe(true);
    expect(toAddress(filled)).toEqual({
      name: 'Grace',
      line1: 'Lindenweg 5',
      city: 'Berlin',
      postcode: '10115',
      country: 'DE',
    });
  });

  test('an address survives the way into the form and back', () => {
    const address = { ...toAddress(filled), line2: 'Rear house', phone: '+49 30 123456' };
    expect(toAddress(toForm(address))).toEqual(address);
  });

  test('each problem has its own words', () => {
    expect(problems({ ...filled, name: '', country: '', phone: 'call me', city: 'x'.repeat(121) })).toEqual([
      ['name', 'required'],
      ['city', 'long'],
      ['country', 'country'],
      ['phone', 'phone'],
    ]);
  });
});

describe('the checkout form', () => {
  test('guests need an e-mail address, people with an account do not', () => {
    const form = { ...emptyCheckout, address: filled };
    expect(checkoutForm(true).safeParse(form).success).toBe(false);
    expect(checkoutForm(true).safeParse({ ...form, email: 'g@example.org' }).success).toBe(true);
    expect(checkoutForm(false).safeParse(form).success).toBe(true);
  });

  test('a draft survives, and a broken one does not break the page', () => {
    const stored = new Map<string, string>();
    const memory = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    };
    const form = { email: 'g@example.org', address: filled, remember: true };
    expect(readDraft(memory)).toEqual(emptyCheckout);
    writeDraft(memory, form);
    expect(readDraft(memory)).toEqual(form);
    memory.setItem('checkout-draft', '{"email":1');
    expect(readDraft(memory)).toEqual(emptyCheckout);
    writeDraft(memory, form);
    dropDraft(memory);
    expect(readDraft(memory)).toEqual(emptyCheckout);
  });

  test('delivery is asked for once country, postcode and town are there', () => {
    expect(destinationOf(filled)).toEqual({ country: 'DE', postcode: '10115', city: 'Berlin' });
    expect(destinationOf({ ...filled, city: ' ' })).toBeUndefined();
    expect(destinationOf({ ...filled, postcode: '10' })).toBeUndefined();
    expect(destinationOf({ ...filled, country: '' })).toBeUndefined();
  });
});
