import type { SavedAddress } from '@shopstack/contracts/user';
import { problem } from '@shopstack/kit/problem';
import type { Connection } from 'mongoose';
import { type UserRecord, userModel } from './user-schema.ts';

type AddressBook = Pick<UserRecord, 'addresses' | 'addressesRevision'>;
const ATTEMPTS = 5;

/** The saved addresses of an account, changed as a whole list: two changes at a time never lose one of them. */
export function openAddresses(connection: Connection) {
  const users = userModel(connection);
  const read = async (userId: string): Promise<AddressBook> => {
    const found = await users
      .findById(userId, { addresses: 1, addressesRevision: 1 })
      .lean<AddressBook>()
      .exec();
    if (!found) throw problem('not-found');
    return found;
  };

  return {
    async all(userId: string): Promise<SavedAddress[]> {
      return (await read(userId)).addresses;
    },
    /** @throws whatever `decide` throws; Problem `version-conflict` when others keep changing the list. */
    async change<T extends { addresses: readonly SavedAddress[] }>(
      userId: string,
      decide: (addresses: readonly SavedAddress[]) => T,
    ): Promise<T> {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const { addresses, addressesRevision } = await read(userId);
        const decided = decide(addresses);
        const done = await users.updateOne(
          { _id: userId, addressesRevision },
          {
            $set: { addresses: decided.addresses, updatedAt: new Date() },
            $inc: { addressesRevision: 1 },
          },
        );
        if (done.modifiedCount === 1) return decided;
      }
      throw problem('version-conflict');
    },
  };
}
export type Addresses = ReturnType<typeof openAddresses>;
