import type { Address } from '@shopstack/contracts/primitives';
import type { SavedAddress } from '@shopstack/contracts/user';
import { problem } from '@shopstack/kit/problem';

export const MOST_ADDRESSES = 50;
export type AddressInput = Address & { isDefault: boolean };

/** At most one address is the default: the others that change by this get a new version too. */
const withoutDefault = (addresses: readonly SavedAddress[]): SavedAddress[] =>
  addresses.map((it) => (it.isDefault ? { ...it, isDefault: false, version: it.version + 1 } : it));

/** @throws Problem `validation-failed` when the account has as many as it may. */
export function addAddress(
  addresses: readonly SavedAddress[],
  id: string,
  input: AddressInput,
): { addresses: SavedAddress[]; changed: SavedAddress } {
  if (addresses.length >= MOST_ADDRESSES)
    throw problem('validation-failed', `An account keeps at most ${MOST_ADDRESSES} addresses.`);
  const changed = { ...input, id, version: 1 };
  return { addresses: [...(input.isDefault ? withoutDefault(addresses) : addresses), changed], changed };
}

/** Whose id it is decides the caller's list: an address of somebody else is not in it. */
export function findAddress(addresses: readonly SavedAddress[], id: string): SavedAddress {
  const found = addresses.find((it) => it.id === id);
  if (!found) throw problem('not-found');
  return found;
}

export function replaceAddress(
  addresses: readonly SavedAddress[],
  id: string,
  input: AddressInput,
): { addresses: SavedAddress[]; changed: SavedAddress } {
  const changed = { ...input, id, version: findAddress(addresses, id).version + 1 };
  const others = input.isDefault ? withoutDefault(addresses) : addresses;
  return { addresses: others.map((it) => (it.id === id ? changed : it)), changed };
}

export const removeAddress = (addresses: readonly SavedAddress[], id: string): SavedAddress[] =>
  addresses.filter((it) => it.id !== id);
