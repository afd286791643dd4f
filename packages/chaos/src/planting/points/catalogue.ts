import type { Failpoint } from '../failpoint.ts';

const services = ['catalogue'] as const;
const holds = 'services/catalogue/src/store/holds.ts';
const reservations = 'services/catalogue/src/store/reservations.ts';

/** Between each write of a stock document and the next. */
export const catalogue: readonly Failpoint[] = [
  {
    name: 'reservation-inserted-nothing-held',
    services,
    file: reservations,
    anchor: "await insert(ask, { state: 'PENDING', lines: summed });",
    at: 'after',
  },
  {
    name: 'line-held-next-not',
    services,
    file: holds,
    anchor: 'if (done.modifiedCount === 1) return true;',
    at: 'before',
  },
  {
    name: 'all-held-reservation-not',
    services,
    file: reservations,
    anchor: "const held = await move(it._id, ['PENDING'],",
    at: 'before',
  },
  {
    name: 'shortage-found-nothing-undone',
    services,
    file: reservations,
    anchor: 'if (undoing) await finishUndo(undoing, ask);',
    at: 'before',
  },
  {
    name: 'holds-undone-reservation-not-rejected',
    services,
    file: reservations,
    anchor: "await move(it._id, ['UNDOING'],",
    at: 'before',
  },
  {
    name: 'commit-begun-nothing-sold',
    services,
    file: reservations,
    anchor: 'for (const line of it.lines) await holds.sell(it._id, line);',
    at: 'before',
  },
  {
    name: 'line-sold-ledger-not',
    services,
    file: holds,
    anchor: `$push: { movements: movement('sold', -quantity, { sku, quantity, orderId }) },
          $set: { updatedAt: now() },
        },
      );`,
    at: 'after',
  },
  {
    name: 'all-sold-reservation-not-committed',
    services,
    file: reservations,
    anchor: "await move(it._id, ['COMMITTING'],",
    at: 'before',
  },
  {
    name: 'release-begun-nothing-released',
    services,
    file: reservations,
    anchor: "if (it?.state === 'RELEASING') return finishRelease(it, ask);",
    at: 'before',
  },
  {
    name: 'line-released-next-not',
    services,
    file: holds,
    anchor: `{ $inc: { available: quantity }, $pull: { holds: { orderId } }, $set: { updatedAt: now() } },
      );`,
    at: 'after',
  },
  {
    name: 'all-released-reservation-not',
    services,
    file: reservations,
    anchor: "await move(it._id, ['RELEASING'],",
    at: 'before',
  },
  {
    name: 'restock-begun-nothing-restocked',
    services,
    file: reservations,
    anchor: 'for (const line of lines) await holds.restock(it._id, key, line);',
    at: 'before',
  },
  {
    name: 'all-restocked-reservation-not',
    services,
    file: reservations,
    anchor: "await move(it._id, ['RESTOCKING'],",
    at: 'before',
  },
  {
    name: 'movement-copied-not-pulled',
    services,
    file: 'services/catalogue/src/store/stock.ts',
    anchor: 'await ledger.updateOne({ _id: movement._id }, { $setOnInsert: movement }, { upsert: true });',
    at: 'after',
  },
];
