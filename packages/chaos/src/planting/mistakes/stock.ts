import type { Sabotage } from '../sabotage.ts';

const holds = 'services/catalogue/src/store/holds.ts';

/** While no command reaches the catalogue, dispatch forgets what it promised and asks for more units than there are. */
const unheard = { fault: 'broker-alarm', target: 'memory' } as const;

/** Units sold twice or made out of nothing. */
export const stock: readonly Sabotage[] = [
  {
    name: 'hold-without-stock',
    mistake: 'Units are held without a look at how many there are.',
    service: 'catalogue',
    changes: [
      {
        file: holds,
        find: "available: trusted({ $gte: quantity }), 'holds.orderId'",
        replace: "'holds.orderId'",
      },
    ],
    breaks: ['I3'],
    faultsNeeded: [unheard],
    buyersNeeded: ['scarce-product'],
  },
  {
    name: 'release-without-hold',
    mistake: 'Giving back adds units without a look at whether the order held any.',
    service: 'catalogue',
    changes: [
      {
        file: holds,
        find: `{ _id: sku, holds: trusted({ $elemMatch: { orderId, q: quantity } }) },
        { $inc: { available: quantity }`,
        replace: `{ _id: sku },
        { $inc: { available: quantity }`,
      },
    ],
    breaks: ['I3'],
    faultsNeeded: [unheard],
    buyersNeeded: ['scarce-product'],
  },
  {
    name: 'sale-without-hold',
    mistake: 'Selling counts units again when it is repeated after a crash.',
    service: 'catalogue',
    changes: [
      {
        file: holds,
        find: `{ _id: sku, holds: trusted({ $elemMatch: { orderId, q: quantity } }) },
        {
          $inc: { sold: quantity },`,
        replace: `{ _id: sku },
        {
          $inc: { sold: quantity },`,
      },
    ],
    breaks: ['I3'],
    faultsNeeded: [{ fault: 'failpoint', target: 'catalogue.all-sold-reservation-not-committed' }],
    buyersNeeded: [],
  },
  {
    name: 'restock-without-key',
    mistake: 'Goods that come back are added every time somebody says so.',
    service: 'catalogue',
    changes: [
      {
        file: holds,
        find: "{ _id: sku, 'restocks.key': trusted({ $ne: marker }) },",
        replace: '{ _id: sku },',
      },
    ],
    breaks: ['I3', 'I9'],
    faultsNeeded: [{ fault: 'duplicate-messages', target: 'shop.commands' }],
    buyersNeeded: ['cancel-when-paid'],
  },
];
