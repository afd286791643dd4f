import { draft, type OutgoingMessage } from '@shopstack/bus/message';
import {
  stockCommitRejected,
  stockCommitted,
  stockLeaseExpired,
  stockRejected,
  stockReleased,
  stockReserved,
  stockRestocked,
} from '@shopstack/contracts/messages';
import type { Logger } from '@shopstack/kit/log';
import { type Connection, mongo, Schema, trusted } from 'mongoose';
import type { Line } from '../domain/lines.ts';

export type ReservationState =
  | 'PENDING'
  | 'UNDOING'
  | 'REJECTED'
  | 'HELD'
  | 'COMMITTING'
  | 'COMMITTED'
  | 'RELEASING'
  | 'RELEASED'
  | 'RESTOCKING'
  | 'RESTOCKED';
export interface ReservationRecord {
  _id: string;
  round: number;
  state: ReservationState;
  lines: Line[];
  shortages: { sku: string; requested: number; available: number }[];
  restock: { key: string; lines: Line[] } | null;
  leaseUntil: Date;
  leaseReported: boolean;
  outgoing: OutgoingMessage[];
  createdAt: Date;
  updatedAt: Date;
}
/** Which command asks: replies carry its round and name it as their cause. */
export interface Ask {
  orderId: string;
  round: number;
  causationId?: string | undefined;
}

/** Units held and not bought are reported after this time. */
const LEASE_MS = 45 * 60_000;
const mixed = [Schema.Types.Mixed];
const schema = new Schema<ReservationRecord>(
  {
    _id: { type: String, required: true },
    round: Number,
    state: String,
    lines: [new Schema({ sku: String, quantity: Number }, { _id: false })],
    shortages: mixed,
    restock: Schema.Types.Mixed,
    leaseUntil: Date,
    leaseReported: Boolean,
    outgoing: mixed,
    createdAt: Date,
    updatedAt: Date,
  },
  { strict: 'throw', versionKey: false },
);

const head = (ask: Ask) => ({ subject: ask.orderId, causationId: ask.causationId });
const saga = ({ orderId, round }: Ask) => ({ orderId, round });

/** The answers to the saga's commands. */
export const reply = {
  reserved: (ask: Ask) => draft(stockReserved, { ...head(ask), data: saga(ask) }),
  rejected: (ask: Ask, shortages: ReservationRecord['shortages']) =>
    draft(stockRejected, { ...head(ask), data: { ...saga(ask), shortages } }),
  committed: (ask: Ask) => draft(stockCommitted, { ...head(ask), data: saga(ask) }),
  commitRejected: (ask: Ask) => draft(stockCommitRejected, { ...head(ask), data: saga(ask) }),
  released: (ask: Ask) => draft(stockReleased, { ...head(ask), data: saga(ask) }),
  restocked: (ask: Ask, key: string) => draft(stockRestocked, { ...head(ask), data: { ...saga(ask), key } }),
  leaseExpired: (ask: Ask) => draft(stockLeaseExpired, { ...head(ask), data: saga(ask) }),
};

/** Reservations as documents: insert once, guarded flips, outgoing replies in the same write. */
export function openReservationRecords(connection: Connection, log: Logger) {
  const tell = (orderId: string, to: ReservationState) => log.info({ orderId, to }, 'reservation moved');
  const reservations = connection.model<ReservationRecord>('Reservation', schema, 'reservations');
  return {
    collection: reservations.collection,
    createIndexes: async () => {
      await reservations.collection.createIndexes([
        { key: { state: 1, updatedAt: 1 }, name: 'state' },
        { key: { state: 1, leaseUntil: 1 }, name: 'lease' },
        {
          key: { 'outgoing.0': 1 },
          name: 'outgoing',
          partialFilterExpression: { 'outgoing.0': { $exists: true } },
        },
      ]);
    },
    read: (orderId: string) => reservations.findById(orderId).lean<ReservationRecord>().exec(),
    /** False when the order has one already. */
    async insert(
      ask: Ask,
      it: { state: ReservationState; lines: Line[]; send?: OutgoingMessage },
    ): Promise<boolean> {
      const now = new Date();
      const record: ReservationRecord = {
        _id: ask.orderId,
        round: ask.round,
        state: it.state,
        lines: it.lines,
        shortages: [],
        restock: null,
        leaseUntil: new Date(now.getTime() + LEASE_MS),
        leaseReported: false,
        outgoing: it.send ? [it.send] : [],
        createdAt: now,
        updatedAt: now,
      };
      try {
        await reservations.collection.insertOne(record as never);
        tell(ask.orderId, it.state);
        return true;
      } catch (error) {
        if (error instanceof mongo.MongoServerError && error.code === 11000) return false;
        throw error;
      }
    },
    /** The guarded flip; null when the reservation is in none of these states any more. */
    async move(
      orderId: string,
      from: readonly ReservationState[],
      it: {
        to: ReservationState;
        set?: Partial<ReservationRecord>;
        send?: OutgoingMessage;
        /** Only while goods with this key come back. */
        restocking?: string;
      },
    ): Promise<ReservationRecord | null> {
      const moved = await reservations
        .findOneAndUpdate(
          {
            _id: orderId,
            state: trusted({ $in: [...from] }),
            ...(it.restocking === undefined ? {} : { 'restock.key': it.restocking }),
          },
          {
            $set: { ...it.set, state: it.to, updatedAt: new Date() },
            ...(it.send ? { $push: { outgoing: it.send } } : {}),
          },
          { returnDocument: 'after' },
        )
        .lean<ReservationRecord>()
        .exec();
      if (moved) tell(orderId, it.to);
      return moved;
    },
    send: async (orderId: string, message: OutgoingMessage) => {
      await reservations.updateOne({ _id: orderId }, { $push: { outgoing: message } });
    },
    renew: async (orderId: string) => {
      const leaseUntil = new Date(Date.now() + LEASE_MS);
      await reservations.updateOne({ _id: orderId }, { $set: { leaseUntil, leaseReported: false } });
    },
    /** Between two states for longer than any worker takes. */
    unfinished: (since: Date) =>
      reservations
        .find({
          state: trusted({ $in: ['PENDING', 'UNDOING', 'COMMITTING', 'RELEASING', 'RESTOCKING'] }),
          updatedAt: trusted({ $lt: since }),
        })
        .limit(200)
        .lean<ReservationRecord[]>()
        .exec(),
    leaseOver: (now: Date) =>
      reservations
        .find({ state: 'HELD', leaseUntil: trusted({ $lt: now }) })
        .limit(200)
        .lean<ReservationRecord[]>()
        .exec(),
  };
}
