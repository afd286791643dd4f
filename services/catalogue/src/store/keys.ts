import { randomUUID } from 'node:crypto';
import type { Answer, Claim, IdempotencyRef, IdempotencyStore } from '@shopstack/kit/idempotency';
import { type Connection, mongo, Schema, trusted } from 'mongoose';

interface KeyRecord {
  _id: string;
  bodyHash: string;
  lease: string;
  leaseUntil: Date;
  answer: Answer | null;
  createdAt: Date;
}
const schema = new Schema<KeyRecord>(
  {
    _id: { type: String, required: true },
    bodyHash: String,
    lease: String,
    leaseUntil: Date,
    answer: Schema.Types.Mixed,
    createdAt: Date,
  },
  { strict: 'throw', versionKey: false, minimize: false },
);
const LEASE_MS = 30_000;
const KEPT_SECONDS = 72 * 3600;

/** Idempotency keys and their answers. The changed document carries the key too, so a take-over changes nothing twice. */
export function openKeys(connection: Connection): IdempotencyStore & { createIndexes(): Promise<void> } {
  const keys = connection.model<KeyRecord>('IdempotencyKey', schema, 'idempotency_keys');
  const idOf = ({ scope, key }: { scope: string; key: string }) => `${scope} ${key}`;
  const mine = (ref: IdempotencyRef) => ({ _id: idOf(ref), lease: ref.lease, answer: null });

  async function takeOver(known: KeyRecord, ref: IdempotencyRef): Promise<Claim> {
    const taken = await keys.updateOne(
      { _id: known._id, lease: known.lease, answer: null, leaseUntil: trusted({ $lt: new Date() }) },
      { $set: { lease: ref.lease, leaseUntil: new Date(Date.now() + LEASE_MS) } },
    );
    return taken.modifiedCount === 1 ? { state: 'started', ref } : { state: 'running' };
  }

  return {
    createIndexes: async () => {
      await keys.collection.createIndexes([
        { key: { createdAt: 1 }, name: 'kept', expireAfterSeconds: KEPT_SECONDS },
      ]);
    },
    async claim({ scope, key, bodyHash }) {
      const ref = { scope, key, lease: randomUUID() };
      const now = new Date();
      try {
        await keys.collection.insertOne({
          _id: idOf(ref),
          bodyHash,
          lease: ref.lease,
          leaseUntil: new Date(now.getTime() + LEASE_MS),
          answer: null,
          createdAt: now,
        } as never);
        return { state: 'started', ref };
      } catch (error) {
        if (!(error instanceof mongo.MongoServerError && error.code === 11000)) throw error;
      }
      const known = await keys.findById(idOf(ref)).lean<KeyRecord>().exec();
      if (!known) return { state: 'running' };
      if (known.bodyHash !== bodyHash) return { state: 'reused' };
      if (known.answer) return { state: 'answered', answer: known.answer };
      return takeOver(known, ref);
    },
    async keep(ref, answer) {
      await keys.updateOne(mine(ref), { $set: { answer } });
    },
    async release(ref) {
      await keys.deleteOne(mine(ref));
    },
  };
}
