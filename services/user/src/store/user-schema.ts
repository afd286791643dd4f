import type { OutgoingMessage } from '@shopstack/bus/message';
import { type Connection, type Model, Schema } from 'mongoose';
import type { Account } from '../domain/account.ts';

export interface UserRecord extends Account {
  searchKeys: string[];
  /** Guards the list of addresses, which has no place in the user's own version. */
  addressesRevision: number;
  updatedAt: Date;
  outgoing: OutgoingMessage[];
}

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const flag = { type: Boolean, required: true } as const;
const time = { type: Date, required: true } as const;
const address = new Schema(
  {
    id: text,
    name: text,
    line1: text,
    line2: String,
    city: text,
    region: String,
    postcode: text,
    country: text,
    phone: String,
    isDefault: flag,
    version: number,
  },
  { _id: false, strict: 'throw' },
);

const schema = new Schema<UserRecord>(
  {
    _id: text,
    email: text,
    emailKey: text,
    name: text,
    searchKeys: [String],
    roles: [String],
    locale: String,
    emailVerified: flag,
    disabled: flag,
    passwordHash: text,
    version: number,
    epoch: number,
    addresses: [address],
    addressesRevision: number,
    createdAt: time,
    updatedAt: time,
    outgoing: [Schema.Types.Mixed],
  },
  { strict: 'throw', versionKey: false, collection: 'users' },
);

export const userModel = (connection: Connection): Model<UserRecord> =>
  connection.model<UserRecord>('User', schema);
