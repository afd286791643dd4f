import { draft } from '@shopstack/bus/message';
import { userRegistered, userUpdated } from '@shopstack/contracts/messages';
import type { Role } from '@shopstack/contracts/roles';
import { decodeCursor, pageOf } from '@shopstack/kit/page';
import { problem } from '@shopstack/kit/problem';
import { uuidv7 } from '@shopstack/kit/uuid';
import { type Connection, trusted } from 'mongoose';
import { z } from 'zod';
import type { Account } from '../domain/account.ts';
import { emailKey } from '../domain/email.ts';
import { prefixPattern, searchKeys } from '../domain/search.ts';
import { isDuplicate } from './database.ts';
import { type UserRecord, userModel } from './user-schema.ts';

/** Addresses and what only the store needs are read where they are wanted. */
const slim = { outgoing: 0, addresses: 0, searchKeys: 0 } as const;
const Cursor = z.tuple([z.string()]);

export interface NewAccount {
  email: string;
  name: string;
  passwordHash: string;
  roles: Role[];
  emailVerified?: boolean;
}
export interface AccountChange {
  set: Partial<Pick<Account, 'name' | 'locale' | 'roles' | 'disabled'>>;
  /** Whether sessions of before are over. */
  newEpoch?: boolean;
}

/** Accounts. A change is one write to one document: content, version and the event that tells of it. */
export function openUsers(connection: Connection) {
  const users = userModel(connection);

  return {
    collection: users.collection,
    createIndexes: async () => {
      await users.collection.createIndexes([
        { key: { emailKey: 1 }, unique: true, name: 'email' },
        { key: { searchKeys: 1, _id: 1 }, name: 'search' },
        { key: { roles: 1, disabled: 1 }, name: 'roles' },
      ]);
    },
    byId: (id: string) => users.findById(id, slim).lean<Account>().exec(),
    byEmail: (email: string) =>
      users
        .findOne({ emailKey: emailKey(email) }, slim)
        .lean<Account>()
        .exec(),

    /** @throws Problem `email-taken`. */
    async create(it: NewAccount): Promise<Account> {
      const now = new Date();
      const id = uuidv7();
      const record: UserRecord = {
        _id: id,
        ...it,
        emailKey: emailKey(it.email),
        searchKeys: searchKeys(it.email, it.name),
        emailVerified: it.emailVerified ?? false,
        disabled: false,
        version: 1,
        epoch: 1,
        addresses: [],
        addressesRevision: 0,
        createdAt: now,
        updatedAt: now,
        outgoing: [draft(userRegistered, { subject: id, data: { userId: id } })],
      };
      try {
        await users.create(record);
      } catch (error) {
        if (isDuplicate(error)) throw problem('email-taken');
        throw error;
      }
      return record;
    },

    /** Turns the version that was read into the next. @throws Problem `etag-stale` when it is not the present one. */
    async change(account: Account, { set, newEpoch }: AccountChange): Promise<Account> {
      const version = account.version + 1;
      const event = draft(userUpdated, { subject: account._id, data: { userId: account._id, version } });
      const keys = set.name === undefined ? {} : { searchKeys: searchKeys(account.email, set.name) };
      const changed = await users
        .findOneAndUpdate(
          { _id: account._id, version: account.version },
          {
            $set: { ...set, ...keys, version, updatedAt: new Date() },
            $push: { outgoing: event },
            ...(newEpoch ? { $inc: { epoch: 1 } } : {}),
          },
          { returnDocument: 'after', projection: slim },
        )
        .lean<Account>()
        .exec();
      if (!changed) throw problem('etag-stale');
      return changed;
    },
    /** The new epoch; undefined when the password is not the one that was read any more. */
    async setPassword(account: Account, passwordHash: string): Promise<number | undefined> {
      const changed = await users
        .findOneAndUpdate(
          { _id: account._id, passwordHash: account.passwordHash },
          { $set: { passwordHash, updatedAt: new Date() }, $inc: { epoch: 1 } },
          { returnDocument: 'after', projection: { epoch: 1 } },
        )
        .lean<Pick<Account, 'epoch'>>()
        .exec();
      return changed?.epoch;
    },
    /** False when there is no such account. */
    async beginEpoch(id: string): Promise<boolean> {
      const done = await users.updateOne({ _id: id }, { $inc: { epoch: 1 } });
      return done.matchedCount === 1;
    },
    countOtherAdmins: (id: string) =>
      users.countDocuments({ roles: 'admin', disabled: false, _id: trusted({ $ne: id }) }).exec(),

    /** In the order the accounts were opened. `typed` is the beginning of the e-mail address or of a part of the name. */
    async search(typed: string | undefined, page: { limit: number; cursor?: string | undefined }) {
      const after = decodeCursor(Cursor, page.cursor)?.[0];
      const rows = await users
        .find(
          {
            ...(typed === undefined ? {} : { searchKeys: prefixPattern(typed) }),
            ...(after === undefined ? {} : { _id: trusted({ $gt: after }) }),
          },
          slim,
        )
        .sort({ _id: 1 })
        .limit(page.limit + 1)
        .lean<Account[]>()
        .exec();
      return pageOf(rows, page.limit, (last) => [last._id]);
    },
  };
}
export type Users = ReturnType<typeof openUsers>;
