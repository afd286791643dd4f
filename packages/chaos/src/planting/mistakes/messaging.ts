import type { Sabotage } from '../sabotage.ts';

const relay = 'packages/bus/src/mysql-relay.ts';
const consumer = 'packages/bus/src/consumer.ts';

/** Messages that get lost, or count twice. */
export const messaging: readonly Sabotage[] = [
  {
    name: 'acknowledged-on-receipt',
    mistake: 'Messages count as handled as soon as they are delivered, before anything is written.',
    service: 'cart',
    changes: [
      {
        file: consumer,
        find: '{ consumerTag: of.tag });',
        replace: '{ consumerTag: of.tag, noAck: true });',
      },
      { file: consumer, find: 'if (!session.open) return;', replace: 'return;' },
    ],
    breaks: ['I8', 'I10'],
    faultsNeeded: [{ fault: 'failpoint', target: 'cart.message-taken-not-handled' }],
    buyersNeeded: [],
  },
  {
    name: 'facts-past-the-outbox',
    mistake: 'Facts about orders are published straight away instead of through the outbox.',
    service: 'dispatch',
    changes: [
      {
        file: 'services/dispatch/src/main.ts',
        find: 'compose: composer(timing)',
        replace: `compose: (...all) => composer(timing)(...all).filter(({ message }) => {
      if (message.kind === 'command') return true;
      bus.publish(message).catch(() => undefined);
      return false;
    })`,
      },
    ],
    breaks: ['I8', 'I11'],
    faultsNeeded: [{ fault: 'kill-store', target: 'rabbitmq' }],
    buyersNeeded: [],
  },
  {
    name: 'confirms-not-awaited',
    mistake: "Publishing counts as done when the bytes are written, without the broker's confirm.",
    service: 'dispatch',
    changes: [
      {
        file: 'packages/bus/src/publisher.ts',
        find: "settle(error ? new NotConfirmed('refused by the broker', { cause: error }) : undefined),\n        );",
        replace:
          "settle(error ? new NotConfirmed('refused by the broker', { cause: error }) : undefined),\n        ); settle();",
      },
    ],
    breaks: ['I8', 'I11'],
    faultsNeeded: [{ fault: 'partition', target: 'dispatch-rabbitmq' }],
    buyersNeeded: [],
  },
  {
    name: 'marked-before-published',
    mistake: 'The relay marks rows as published first and publishes them then.',
    service: 'dispatch',
    changes: [
      {
        file: relay,
        find: "if (batch.length === 0 || lock.lost.aborted) return 'idle';",
        replace: `if (batch.length === 0 || lock.lost.aborted) return 'idle';
  await sql\`update outbox set published_at = utc_timestamp(3)
    where id in (\${sql.join(batch.map((it) => it.key))})\`.execute(database.db);`,
      },
    ],
    breaks: ['I8', 'I11'],
    faultsNeeded: [{ fault: 'failpoint', target: 'dispatch.outbox-read-not-published' }],
    buyersNeeded: [],
  },
  {
    name: 'history-without-version',
    mistake: 'The order history takes every fact, also one that is older than what it has.',
    service: 'user',
    changes: [
      {
        file: 'services/user/src/store/orders.ts',
        find: '{ _id: order.id, version: trusted({ $lt: order.version }) },',
        replace: '{ _id: order.id },',
      },
    ],
    breaks: ['I9', 'I11'],
    faultsNeeded: [{ fault: 'reordered-messages', target: 'user.orders' }],
    buyersNeeded: [],
  },
  {
    name: 'letters-without-inbox',
    mistake: 'A letter that was begun before is sent again.',
    service: 'dispatch',
    changes: [
      {
        file: 'services/dispatch/src/store/notifications.ts',
        find: 'if (isDuplicate(error)) return false;',
        replace: 'if (isDuplicate(error)) return true;',
      },
    ],
    breaks: ['I9'],
    faultsNeeded: [{ fault: 'duplicate-messages', target: 'shop.commands' }],
    buyersNeeded: [],
  },
  {
    name: 'orders-taken-out-twice',
    mistake: 'The cart does not remember which orders it has taken out of itself.',
    service: 'cart',
    changes: [
      {
        file: 'services/cart/src/store/carts.ts',
        find: "import.meta.url), 'utf8');",
        replace: "import.meta.url), 'utf8').replace(\"or seen('o', ARGV[8] .. '|')\", '');",
      },
    ],
    reliesOn: { file: 'services/cart/src/store/mutation.lua', text: "or seen('o', ARGV[8] .. '|')" },
    breaks: ['I9', 'I10'],
    faultsNeeded: [{ fault: 'duplicate-messages', target: 'shop.events' }],
    buyersNeeded: ['adds-again'],
  },
  {
    name: 'poison-dropped',
    mistake: 'A message that cannot be handled is acknowledged and forgotten.',
    service: 'catalogue',
    changes: [
      {
        file: 'packages/bus/src/delivery.ts',
        find: 'if (!(await publishUntilDone(around, session, packet))) return;\n      measures.deadLettered',
        replace: 'void packet;\n      measures.deadLettered',
      },
    ],
    breaks: ['I8'],
    faultsNeeded: [{ fault: 'poison-message', target: 'catalogue.commands' }],
    buyersNeeded: [],
  },
  {
    name: 'dead-letters-not-kept',
    mistake: 'Dead letters are acknowledged without being stored.',
    service: 'dispatch',
    changes: [
      { file: 'packages/bus/src/delivery.ts', find: 'await handle(letter);', replace: 'void letter;' },
    ],
    breaks: ['I8'],
    faultsNeeded: [{ fault: 'poison-message', target: 'catalogue.commands' }],
    buyersNeeded: [],
  },
];
