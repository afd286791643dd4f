import type { SagaState } from '../../src/domain/saga/saga.ts';
import { QUANTITY, TOTAL_MINOR } from './participants.ts';
import type { World } from './world.ts';

const kept: readonly SagaState[] = ['CONFIRMED', 'SHIPPED', 'COMPLETED'];
const undone: readonly SagaState[] = ['REJECTED', 'CANCELLED', 'EXPIRED', 'REFUNDED'];

/** The promises I1 to I6 for one order at rest; each broken one by name. */
export function brokenPromises(world: World): string[] {
  const { saga } = world;
  const checks = { ...money(world), ...goods(world), ...ends(world) };
  return Object.entries(checks)
    .filter(([, holds]) => !holds)
    .map(([name]) => `${name} (${saga.state})`);
}

const isKept = ({ saga }: World): boolean => kept.includes(saga.state);
const isUndone = ({ saga }: World): boolean => undone.includes(saga.state);
const refundsOf = ({ saga }: World) => saga.view.refunds ?? [];
const sum = (amounts: readonly number[]) => amounts.reduce((total, it) => total + it, 0);

function money(world: World): Record<string, boolean> {
  const { reserved, captures, capturedMinor, refundedMinor } = world.payment.ledger;
  const givenBack = refundsOf(world).filter(({ state }) => state === 'refunded');
  const partsMinor = sum(givenBack.map(({ amount }) => amount.amountMinor));
  const keptMinor = capturedMinor - refundedMinor;
  const isOver = isKept(world) || isUndone(world);
  return {
    'I1 a kept order is paid once, but for what went back':
      !isKept(world) || keptMinor === TOTAL_MINOR - partsMinor,
    'I1 an undone order costs nothing':
      !isUndone(world) || keptMinor === 0 || (world.isDisputeLost() && keptMinor <= TOTAL_MINOR),
    'I1 nobody gets back more than was paid': keptMinor >= 0,
    'I1 nothing stays reserved on the card': !isOver || reserved === 0,
    'I1 every part went back': !isOver || givenBack.length === refundsOf(world).length,
    'I2 at most one capture': captures <= 1,
  };
}

function goods(world: World): Record<string, boolean> {
  const { held, sold } = world.stock.units;
  const state = world.carrier.state();
  const shipments = ['confirmed', 'dispatched', 'delivered', 'lost'].includes(state) ? 1 : 0;
  const parcels = state === 'held' ? 1 : shipments;
  const returned = sum(refundsOf(world).flatMap(({ lines }) => lines.map(({ quantity }) => quantity)));
  const isReturned = returned === QUANTITY;
  return {
    'I3 a kept order is sold, but for what came back': !isKept(world) || sold === QUANTITY - returned,
    'I3 an undone order is not sold': !isUndone(world) || sold === 0,
    'I4 no phantom hold': !(isKept(world) || isUndone(world)) || held === 0,
    'I5 a kept order has its shipment': !isKept(world) || shipments === 1,
    'I5 an undone order has none, unless it was sent back':
      !isUndone(world) || parcels === (isReturned ? 1 : 0),
  };
}

function ends(world: World): Record<string, boolean> {
  const { saga, resumes } = world;
  const called = saga.state === 'ATTENTION';
  return {
    'I6 the order ends': isKept(world) || isUndone(world) || called,
    'I6 a resumed order ends': !called || !resumes || saga.shipment === 'stuck',
    'a person is called for a cause only': !called || world.mayCallForAttention(),
    'a person is called for a cause': !world.isDisputeLost() || world.wasCalled(),
  };
}
