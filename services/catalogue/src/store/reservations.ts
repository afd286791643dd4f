import type { OutgoingMessage } from '@shopstack/bus/message';
import type { Logger } from '@shopstack/kit/log';
import type { Connection } from 'mongoose';
import { type Line, sumBySku } from '../domain/lines.ts';
import type { Holds } from './holds.ts';
import { type Ask, openReservationRecords, type ReservationRecord, reply } from './reservation-records.ts';

/** After this a hold is given back although nobody asked. */
const HARD_LEASE_MS = 24 * 3600_000;
const STALE_HOLD_MS = 60_000;
const UNFINISHED_MS = 15_000;
const RELEASE_KEY = 'release:';

/**
 * The stock side of an order. The reservation's state flips, guarded, before the stock documents are written; every step
 * is a no-op when repeated and `sweep` finishes what a kill left, so a kill anywhere converges.
 */
export function openReservations(connection: Connection, holds: Holds, log: Logger) {
  const records = openReservationRecords(connection, log);
  const { read, insert, move, send } = records;

  const releaseAll = async (it: ReservationRecord) => {
    for (const line of it.lines) await holds.release(it._id, line);
  };

  async function hold(it: ReservationRecord, ask: Ask): Promise<void> {
    const missing: Line[] = [];
    for (const line of it.lines) if (!(await holds.hold(it._id, line))) missing.push(line);
    if (missing.length > 0) return reject(it, ask, missing);
    const held = await move(it._id, ['PENDING'], { to: 'HELD', send: reply.reserved(ask) });
    if (!held) await undoIfMoved(it);
  }
  /** Somebody else ended the reservation while we were holding: what we took after that is nobody's. */
  async function undoIfMoved(it: ReservationRecord): Promise<void> {
    const now = await read(it._id);
    if (now && ['UNDOING', 'REJECTED', 'RELEASING', 'RELEASED'].includes(now.state)) await releaseAll(it);
  }
  async function reject(it: ReservationRecord, ask: Ask, missing: Line[]): Promise<void> {
    const available = await holds.available(missing.map(({ sku }) => sku));
    const shortages = missing.map(({ sku, quantity }) => ({
      sku,
      requested: quantity,
      available: Math.max(0, available.get(sku) ?? 0),
    }));
    const undoing = await move(it._id, ['PENDING'], { to: 'UNDOING', set: { shortages } });
    if (undoing) await finishUndo(undoing, ask);
    else await undoIfMoved(it);
  }
  async function finishUndo(it: ReservationRecord, ask: Ask): Promise<void> {
    await releaseAll(it);
    await move(it._id, ['UNDOING'], { to: 'REJECTED', send: reply.rejected(ask, it.shortages) });
  }
  async function finishCommit(it: ReservationRecord, ask: Ask): Promise<void> {
    for (const line of it.lines) await holds.sell(it._id, line);
    await move(it._id, ['COMMITTING'], { to: 'COMMITTED', send: reply.committed(ask) });
  }
  async function finishRelease(it: ReservationRecord, ask: Ask): Promise<void> {
    await releaseAll(it);
    await move(it._id, ['RELEASING'], { to: 'RELEASED', send: reply.released(ask) });
  }
  async function finishRestock(it: ReservationRecord, done: OutgoingMessage): Promise<void> {
    const { key = '', lines = [] } = it.restock ?? {};
    for (const line of lines) await holds.restock(it._id, key, line);
    await move(it._id, ['RESTOCKING'], { to: 'RESTOCKED', restocking: key, send: done });
  }

  async function reserve(ask: Ask, lines: readonly Line[]): Promise<void> {
    const summed = sumBySku(lines);
    await insert(ask, { state: 'PENDING', lines: summed });
    let it = await read(ask.orderId);
    if (it && ask.round > it.round) {
      const set = { round: ask.round, lines: summed, shortages: [] };
      it = (await move(ask.orderId, ['REJECTED', 'RELEASED'], { to: 'PENDING', set })) ?? it;
    }
    if (!it) return;
    switch (it.state) {
      case 'PENDING':
        return hold(it, ask);
      case 'UNDOING':
        return finishUndo(it, ask);
      case 'REJECTED':
        return send(it._id, reply.rejected(ask, it.shortages));
      case 'RELEASED':
      case 'RELEASING':
        return send(it._id, reply.released(ask));
      default:
        return send(it._id, reply.reserved(ask));
    }
  }

  async function commit(ask: Ask): Promise<void> {
    const before = await read(ask.orderId);
    // Its hold is gone; what is held now was asked for later and may be given back at any moment.
    if (before && ask.round < before.round) return send(ask.orderId, reply.commitRejected(ask));
    const it = (await move(ask.orderId, ['HELD'], { to: 'COMMITTING' })) ?? (await read(ask.orderId));
    if (it?.state === 'COMMITTING') return finishCommit(it, ask);
    if (it && ['COMMITTED', 'RESTOCKING', 'RESTOCKED'].includes(it.state))
      return send(it._id, reply.committed(ask));
    const refused = reply.commitRejected(ask);
    if (!it && (await insert(ask, { state: 'RELEASED', lines: [], send: refused }))) return;
    await send(ask.orderId, refused);
  }

  /** Gives back whatever the order has: holds, or sold units when the commit overtook the cancellation. */
  async function release(ask: Ask): Promise<void> {
    if (await insert(ask, { state: 'RELEASED', lines: [], send: reply.released(ask) })) return;
    const it =
      (await move(ask.orderId, ['PENDING', 'HELD'], { to: 'RELEASING' })) ?? (await read(ask.orderId));
    if (it?.state === 'RELEASING') return finishRelease(it, ask);
    if (it?.state === 'UNDOING') await finishUndo(it, ask);
    if (it?.state === 'COMMITTING') await finishCommit(it, ask);
    const restock = { key: RELEASE_KEY + ask.orderId, lines: it?.lines ?? [] };
    const sold = await move(ask.orderId, ['COMMITTED'], { to: 'RESTOCKING', set: { restock } });
    if (sold) return finishRestock(sold, reply.released(ask));
    await send(ask.orderId, reply.released(ask));
  }

  /** Goods of one order may come back in several parts: each has its key, and they go one after the other. */
  async function restock(ask: Ask, key: string, lines: readonly Line[]): Promise<void> {
    const done = reply.restocked(ask, key);
    if (await insert(ask, { state: 'RELEASED', lines: [], send: done })) return;
    const before = await read(ask.orderId);
    if (before?.state === 'COMMITTING') await finishCommit(before, ask);
    if (before?.state === 'RESTOCKING') await resume(before);
    const set = { restock: { key, lines: sumBySku(lines) } };
    const sold = await move(ask.orderId, ['COMMITTED', 'RESTOCKED'], { to: 'RESTOCKING', set });
    if (sold) return finishRestock(sold, done);
    const held = await move(ask.orderId, ['PENDING', 'HELD'], { to: 'RELEASING' });
    if (held) await finishRelease(held, ask);
    // Another part began at this moment: this one is asked for again, nothing is said about it.
    if ((await read(ask.orderId))?.state === 'RESTOCKING') throw new Error('another part is coming back');
    await send(ask.orderId, done);
  }

  async function resume(it: ReservationRecord): Promise<void> {
    const ask = { orderId: it._id, round: it.round };
    const key = it.restock?.key ?? '';
    switch (it.state) {
      case 'PENDING':
        return hold(it, ask);
      case 'UNDOING':
        return finishUndo(it, ask);
      case 'COMMITTING':
        return finishCommit(it, ask);
      case 'RELEASING':
        return finishRelease(it, ask);
      case 'RESTOCKING':
        return finishRestock(
          it,
          key.startsWith(RELEASE_KEY) ? reply.released(ask) : reply.restocked(ask, key),
        );
      default:
        return undefined;
    }
  }
  async function reportLease(it: ReservationRecord): Promise<void> {
    const ask = { orderId: it._id, round: it.round };
    if (Date.now() - it.createdAt.getTime() > HARD_LEASE_MS) {
      const releasing = await move(it._id, ['HELD'], { to: 'RELEASING' });
      if (releasing) await finishRelease(releasing, ask);
    } else if (!it.leaseReported) {
      await move(it._id, ['HELD'], {
        to: 'HELD',
        set: { leaseReported: true },
        send: reply.leaseExpired(ask),
      });
    }
  }
  async function removeStrayHolds(): Promise<void> {
    for (const it of await holds.aged(new Date(Date.now() - STALE_HOLD_MS))) {
      for (const { orderId, q } of it.holds) {
        const owner = await read(orderId);
        const alive =
          owner && ['PENDING', 'HELD', 'COMMITTING', 'RELEASING', 'UNDOING'].includes(owner.state);
        if (!alive) await holds.release(orderId, { sku: it._id, quantity: q });
      }
    }
  }

  return {
    collection: records.collection,
    createIndexes: records.createIndexes,
    read,
    reserve,
    commit,
    release,
    restock,
    renew: ({ orderId }: Ask) => records.renew(orderId),
    /** Finishes what was under way when a process died, reports old leases, removes holds nobody owns. */
    async sweep(): Promise<void> {
      for (const it of await records.unfinished(new Date(Date.now() - UNFINISHED_MS))) await resume(it);
      for (const it of await records.leaseOver(new Date())) await reportLease(it);
      await removeStrayHolds();
    },
  };
}
export type Reservations = ReturnType<typeof openReservations>;
