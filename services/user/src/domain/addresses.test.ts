import { describe, expect, test } from '@jest/globals';
import { addAddress, MOST_ADDRESSES, removeAddress, replaceAddress } from './addresses.ts';

const home = {
  name: 'Ada',
  line1: 'Road 1',
  city: 'Berlin',
  postcode: '10115',
  country: 'DE',
  isDefault: true,
};

describe('saved addresses', () => {
  test('a new default takes over, and the old one shows a new version', () => {
    const { addresses: one } = addAddress([], 'a', home);
    const { addresses: two } = addAddress(one, 'b', home);
    expect(two.map(({ id, isDefault, version }) => ({ id, isDefault, version }))).toEqual([
      { id: 'a', isDefault: false, version: 2 },
      { id: 'b', isDefault: true, version: 1 },
    ]);
  });

  test('an address that is not the default changes nobody else', () => {
    const { addresses: one } = addAddress([], 'a', home);
    const { addresses: two } = addAddress(one, 'b', { ...home, isDefault: false });
    expect(two[0]).toEqual(one[0]);
  });

  test('replacing counts one version and leaves nothing of the old content', () => {
    const { addresses } = addAddress([], 'a', { ...home, line2: 'back yard' });
    const { changed } = replaceAddress(addresses, 'a', { ...home, city: 'Hamburg' });
    expect(changed).toEqual({ ...home, city: 'Hamburg', id: 'a', version: 2 });
  });

  test('an address that is not in the list is not found', () => {
    expect(() => replaceAddress([], 'a', home)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  test('an account keeps a bounded number', () => {
    const many = Array.from({ length: MOST_ADDRESSES }, (_, n) => ({ ...home, id: `${n}`, version: 1 }));
    expect(() => addAddress(many, 'x', home)).toThrow(expect.objectContaining({ code: 'validation-failed' }));
    expect(addAddress(removeAddress(many, '7'), 'x', home).addresses).toHaveLength(MOST_ADDRESSES);
  });
});
