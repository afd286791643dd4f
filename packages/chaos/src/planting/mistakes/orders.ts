import type { Sabotage } from '../sabotage.ts';

/** Orders that never end, or end with the wrong things left over. */
export const orders: readonly Sabotage[] = [
  {
    name: 'commands-not-in-the-outbox',
    mistake: 'The commands of a transition are never written to the outbox.',
    service: 'dispatch',
    changes: [
      {
        file: 'services/dispatch/src/store/transitions.ts',
        find: 'told.map(({ message }) => message),',
        replace: "told.map(({ message }) => message).filter((it) => it.kind === 'event'),",
      },
    ],
    breaks: ['I6'],
    faultsNeeded: [],
    buyersNeeded: [],
  },
  {
    name: 'timers-not-kept',
    mistake: 'Timers are not written down, so nothing falls due.',
    service: 'dispatch',
    changes: [
      {
        file: 'services/dispatch/src/store/timer-rows.ts',
        find: "if (effect.kind !== 'set-timer') continue;",
        replace: 'if (effect) continue;',
      },
    ],
    breaks: ['I6'],
    faultsNeeded: [],
    buyersNeeded: ['never-confirms'],
  },
  {
    name: 'shipment-not-cancelled',
    mistake: 'A shipment is reported cancelled without being cancelled.',
    service: 'shipping',
    changes: [
      {
        file: 'services/shipping/src/events/commands.ts',
        find: "await shipments.move(trx, it.id, { state: 'cancelled' });",
        replace: '',
      },
    ],
    breaks: ['I5'],
    faultsNeeded: [],
    buyersNeeded: ['sim_declined'],
  },
  {
    name: 'news-told-again',
    mistake: 'Who watches an order is told everything again with each change.',
    service: 'dispatch',
    changes: [
      { file: 'services/dispatch/src/http/live.ts', find: 'stream.after = order.version;', replace: '' },
    ],
    breaks: ['I12'],
    faultsNeeded: [],
    buyersNeeded: ['listens'],
  },
];
