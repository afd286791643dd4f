import type { Bus } from '@shopstack/bus/connection';
import { PermanentError } from '@shopstack/bus/errors';
import { on } from '@shopstack/bus/handler';
import { notificationSend } from '@shopstack/contracts/messages';
import type { Logger } from '@shopstack/kit/log';
import type { MailClient } from '../clients/mail.ts';
import type { FollowTokens } from '../domain/follow-token.ts';
import { writeLetter } from '../domain/mail.ts';
import type { OrderRecord } from '../domain/order.ts';
import type { NotificationKey, Notifications } from '../store/notifications.ts';
import type { Orders } from '../store/orders.ts';

interface Deps {
  orders: Pick<Orders, 'read'>;
  notifications: Notifications;
  mail: MailClient;
  followTokens: FollowTokens;
  publicUrl: string;
  log: Logger;
  ready: () => Promise<boolean>;
}

/** Tells customers by e-mail, each thing at most once: the row is written first, and a doubt is left standing. */
export function consumeNotifications(bus: Bus, deps: Deps) {
  return bus.consume({
    queue: 'dispatch.notifications',
    prefetch: 5,
    ready: async () => (await deps.ready()) && (await answers(deps.mail)),
    handlers: [
      on(notificationSend, async (key) => {
        const order = await deps.orders.read(key.orderId);
        if (!order) throw new PermanentError('there is no such order');
        if (await deps.notifications.begin(key)) await send(deps, key, order);
      }),
    ],
  });
}

const answers = (mail: MailClient): Promise<boolean> =>
  mail.check().then(
    () => true,
    () => false,
  );

async function send(deps: Deps, key: NotificationKey, order: OrderRecord): Promise<void> {
  const { notifications, log } = deps;
  const about = { orderId: key.orderId, template: key.template, channel: key.channel };
  const delivery = await deps.mail.send({
    to: order.email,
    messageId: `<${[key.template, key.about ?? order.id].join('.')}@shopstack>`,
    ...writeLetter(key, order, linkTo(order, deps)),
  });
  switch (delivery.state) {
    case 'sent':
    case 'refused':
      await notifications.settle(key, delivery.state);
      return log.info({ ...about, outcome: delivery.state }, 'customer told');
    case 'unknown':
      await notifications.settle(key, 'unknown');
      return log.warn(about, 'nobody knows whether the customer was told');
    case 'not-sent':
      await notifications.withdraw(key);
      throw new Error(`the mail server did not take it: ${delivery.reason}`);
    default:
      delivery satisfies never;
  }
}

/** In the fragment, the guest's token reaches no server's log. */
function linkTo(order: OrderRecord, { publicUrl, followTokens }: Deps): string {
  const page = `${publicUrl.replace(/\/$/, '')}/orders/${order.id}`;
  return order.userId === undefined ? `${page}#follow=${followTokens.of(order.id)}` : page;
}
