import type { Effect, SagaState, TimerName } from '../domain/saga/saga.ts';
import type { Trx } from './schema.ts';

export async function writeTimers(
  trx: Trx,
  orderId: string,
  state: SagaState,
  effects: readonly Effect[],
): Promise<void> {
  for (const effect of effects) {
    if (effect.kind === 'clear-timer') await removeTimer(trx, orderId, effect.timer);
    if (effect.kind !== 'set-timer') continue;
    const due_at = new Date(effect.at);
    await trx
      .insertInto('timers')
      .values({ order_id: orderId, name: effect.timer, state, due_at })
      .onDuplicateKeyUpdate({ state, due_at })
      .execute();
  }
}

export const removeTimer = (trx: Trx, orderId: string, name: TimerName) =>
  trx.deleteFrom('timers').where('order_id', '=', orderId).where('name', '=', name).execute();
