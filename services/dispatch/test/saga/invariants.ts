import type { SagaState } from '../../src/domain/saga/saga.ts';
import type { World } from './world.ts';

const kept: readonly SagaState[] = ['CONFIRMED', 'SHIPPED', 'COMPLETED'];
const undone: readonly SagaState[] = ['REJECTED', 'CANCELLED', 'EXPIRED', 'REFUNDED'];

/** The promises I1 to I6 for one order at rest; each broken one by name. */
export function brokenPromises({ saga, stock, carrier, payment, mayCallForAttention }: World): string[] {
  const { reserved, captures, refunds } = payment.ledger;
  const { held, sold } = stock.units;
  const isKept = kept.includes(saga.state);
  const isUndone = undone.includes(saga.state);
  const shipments = ['confirmed', 'dispatched', 'delivered', 'lost'].includes(carrier.state()) ? 1 : 0;
  const parcels = carrier.state() === 'held' ? 1 : shipments;
  const checks: Record<string, boolean> = {
    'I1 a kept order is paid once': !isKept || captures - refunds === 1,
    'I1 an undone order costs nothing': !isUndone || captures - refunds === 0,
    'I1 nothing stays reserved on the card': !(isKept || isUndone) || reserved === 0,
    'I2 at most one capture': captures <= 1,
    'I3 a kept order is sold': !isKept || sold === 1,
    'I3 an undone order is not sold': !isUndone || sold === 0,
    'I4 no phantom hold': !(isKept || isUndone) || held === 0,
    'I5 a kept order has its shipment': !isKept || shipments === 1,
    'I5 an undone order has none': !isUndone || parcels === 0,
    'I6 the order ends': isKept || isUndone || saga.state === 'ATTENTION',
    'a person is called for a cause only': saga.state !== 'ATTENTION' || mayCallForAttention(),
  };
  return Object.entries(checks)
    .filter(([, holds]) => !holds)
    .map(([name]) => `${name} (${saga.state})`);
}
