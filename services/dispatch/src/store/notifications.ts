import { type Database, isDuplicate } from '@shopstack/sql/database';
import type { ExpressionBuilder } from 'kysely';
import type { Template } from '../domain/saga/saga.ts';
import { writeJourney } from './journey.ts';
import type { Schema } from './schema.ts';

export interface NotificationKey {
  orderId: string;
  template: Template;
  channel: 'email';
  /** Which of several of the same kind. */
  about?: string | undefined;
}
export type Outcome = 'sent' | 'refused' | 'unknown';

/** One row per message to a customer, written before it is sent. `unknown`: we cannot tell whether it arrived. */
export function openNotifications(database: Database<Schema>) {
  const { db } = database;
  const at = (key: NotificationKey) =>
    ({
      order_id: key.orderId,
      template: key.template,
      channel: key.channel,
      about: key.about ?? '',
    }) as const;
  const matches = (key: NotificationKey) => (eb: ExpressionBuilder<Schema, 'notifications'>) =>
    eb.and(at(key));
  return {
    /** False when it was begun before: it is sent at most once. */
    async begin(key: NotificationKey): Promise<boolean> {
      try {
        await db
          .insertInto('notifications')
          .values({ ...at(key), state: 'unknown', at: new Date() })
          .execute();
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async settle(key: NotificationKey, state: Outcome): Promise<void> {
      const now = new Date();
      await database.transaction(async (trx) => {
        await trx.updateTable('notifications').set({ state, at: now }).where(matches(key)).execute();
        await writeJourney(trx, key.orderId, now, [{ kind: 'notified', name: key.template, detail: state }]);
      });
    },
    /** It surely did not go out, so it may be tried again. */
    async withdraw(key: NotificationKey): Promise<void> {
      await db.deleteFrom('notifications').where(matches(key)).execute();
    },
    async ofOrder(orderId: string) {
      const query = db.selectFrom('notifications').select(['template', 'channel', 'state']);
      return query.where('order_id', '=', orderId).execute();
    },
  };
}
export type Notifications = ReturnType<typeof openNotifications>;
