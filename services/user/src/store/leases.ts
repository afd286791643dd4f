import { problem } from '@shopstack/kit/problem';
import { uuidv7 } from '@shopstack/kit/uuid';
import { type Connection, Schema, trusted } from 'mongoose';
import { isDuplicate } from './database.ts';

interface LeaseRecord {
  _id: string;
  owner: string;
  until: Date;
}
const schema = new Schema<LeaseRecord>(
  { _id: { type: String, required: true }, owner: String, until: Date },
  { strict: 'throw', versionKey: false },
);
const LEASE_MS = 10_000;

/** Lets one caller at a time, over all replicas, decide something that more than one document is asked for. */
export function openLeases(connection: Connection) {
  const leases = connection.model<LeaseRecord>('Lease', schema, 'leases');
  return {
    /** @throws Problem `version-conflict` while another holds it. */
    async hold<T>(name: string, work: () => Promise<T>): Promise<T> {
      const owner = uuidv7();
      const now = Date.now();
      try {
        await leases.updateOne(
          { _id: name, until: trusted({ $lt: new Date(now) }) },
          { $set: { owner, until: new Date(now + LEASE_MS) } },
          { upsert: true },
        );
      } catch (error) {
        if (isDuplicate(error)) throw problem('version-conflict', undefined, { cause: error });
        throw error;
      }
      try {
        return await work();
      } finally {
        await leases.updateOne({ _id: name, owner }, { $set: { until: new Date(0) } }).catch(() => undefined);
      }
    },
  };
}
export type Leases = ReturnType<typeof openLeases>;
