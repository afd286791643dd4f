import { type Bus, openBus } from '@shopstack/bus/connection';
import { type Handler, on } from '@shopstack/bus/handler';
import { draft, type OutgoingMessage } from '@shopstack/bus/message';
import { type QueueName, subscriptions } from '@shopstack/bus/topology';
import type { DataOf, MessageDefinition } from '@shopstack/contracts/message';
import * as m from '@shopstack/contracts/messages';
import { createLogger } from '@shopstack/kit/log';
import { uuidv7 } from '@shopstack/kit/uuid';
import type { z } from 'zod';

interface Seen {
  type: string;
  id: string;
  orderId: string;
  data: unknown;
}
interface Asked {
  orderId: string;
  round: number;
}
type Pay = Asked & { paymentId: string };

/** Catalogue, shipping and payment on the real bus: they answer as a test wants and remember what they were asked. */
export async function openParticipants(url: string) {
  const log = createLogger({ service: 'participants', level: 'silent' });
  const seen: Seen[] = [];
  const muted = new Set<string>();
  const tokens = new Map<string, string>();
  const shipments = new Map<string, string>();
  const buses: Bus[] = [];
  let copies = 1;
  let lostHolds = 0;
  let refusedRefunds = 0;

  const shipmentOf = (orderId: string) => {
    const known = shipments.get(orderId) ?? uuidv7();
    shipments.set(orderId, known);
    return known;
  };
  const tell = async <S extends z.ZodType>(
    definition: MessageDefinition<string, S>,
    data: z.input<S> & { orderId: string },
  ) => {
    const message: OutgoingMessage = draft(definition, { subject: data.orderId, data });
    for (let copy = 0; copy < copies; copy += 1) {
      // A duplicate delivery keeps its id; a repeated answer has one of its own. Both happen.
      await buses[0]?.publish(copy % 2 === 0 ? message : { ...message, id: uuidv7() });
    }
  };
  const authorise = async (data: Pay & DataOf<typeof m.paymentAuthorise>) => {
    const pay = { orderId: data.orderId, round: data.round, paymentId: data.paymentId };
    if (data.token !== '') tokens.set(data.orderId, data.token);
    const token = tokens.get(data.orderId) ?? '';
    if (token === 'sim_declined') return tell(m.paymentDeclined, { ...pay, final: true, reason: 'declined' });
    if (token === 'sim_insufficient_funds')
      return tell(m.paymentDeclined, { ...pay, final: false, reason: 'insufficient funds' });
    if (token === 'sim_action_required') {
      const nextAction = { kind: 'confirm' as const, detail: 'Confirm it at your bank.' };
      return tell(m.paymentActionRequired, { ...pay, nextAction });
    }
    return tell(m.paymentAuthorised, { ...pay, amount: data.amount });
  };
  const charge = async (data: Pay & DataOf<typeof m.paymentCharge>) => {
    const pay = { orderId: data.orderId, round: data.round, paymentId: data.paymentId };
    const nextAction = { kind: 'confirm-on-phone' as const, detail: 'Confirm it on your phone.' };
    return tell(m.paymentActionRequired, { ...pay, nextAction });
  };
  const answers: Handler[] = [
    hear(m.stockReserve, async ({ orderId, round, lines }) => {
      if (!lines.some((it) => it.sku === 'GONE')) return tell(m.stockReserved, { orderId, round });
      return tell(m.stockRejected, { orderId, round, shortages: [] });
    }),
    hear(m.stockCommit, ({ orderId, round }) =>
      tell(round <= lostHolds ? m.stockCommitRejected : m.stockCommitted, { orderId, round }),
    ),
    hear(m.stockRelease, ({ orderId, round }) => tell(m.stockReleased, { orderId, round })),
    hear(m.stockRestock, ({ orderId, round, key }) => tell(m.stockRestocked, { orderId, round, key })),
    hear(m.stockRenew, async () => undefined),
    hear(m.shipmentHold, ({ orderId, round }) =>
      tell(m.shipmentHeld, { orderId, round, shipmentId: shipmentOf(orderId) }),
    ),
    hear(m.shipmentConfirm, ({ orderId, round }) =>
      tell(m.shipmentConfirmed, { orderId, round, shipmentId: shipmentOf(orderId), trackingCode: 'TRACK1' }),
    ),
    hear(m.shipmentCancel, ({ orderId, round }) => tell(m.shipmentCancelled, { orderId, round })),
    hear(m.paymentAuthorise, authorise),
    hear(m.paymentCharge, charge),
    hear(m.paymentCapture, async ({ orderId, round, paymentId, amount }) => {
      const pay = { orderId, round, paymentId };
      if (tokens.get(orderId) === 'sim_capture_fails')
        return tell(m.paymentCaptureFailed, { ...pay, reason: 'capture refused' });
      return tell(m.paymentCaptured, { ...pay, amount });
    }),
    hear(m.paymentVoid, ({ orderId, round, paymentId }) =>
      tell(m.paymentVoided, { orderId, round, paymentId }),
    ),
    hear(m.paymentRefund, ({ orderId, round, paymentId, refundId, amount }) =>
      refusedRefunds > 0 && refusedRefunds-- > 0
        ? tell(m.paymentRefundFailed, { orderId, round, paymentId, refundId, reason: 'refused' })
        : tell(m.paymentRefunded, { orderId, round, paymentId, refundId, amount }),
    ),
  ];

  function hear<S extends z.ZodType>(
    definition: MessageDefinition<string, S>,
    answer: (data: z.output<S>) => Promise<unknown>,
  ): Handler {
    return on(definition, async (data, message) => {
      seen.push({ type: definition.type, id: message.id, orderId: message.subject, data });
      if (!muted.has(definition.type.replace(/\.v1$/, ''))) await answer(data);
    });
  }
  const note = (definition: MessageDefinition): Handler =>
    on(definition, async (data, message) => {
      seen.push({ type: definition.type, id: message.id, orderId: message.subject, data });
    });
  for (const service of ['catalogue', 'shipping', 'payment', 'user']) {
    const bus = await openBus({ url, service, log });
    buses.push(bus);
    const queue: QueueName = service === 'user' ? 'user.orders' : (`${service}.commands` as QueueName);
    const handlers = service === 'user' ? m.orderEvents.map(note) : answers;
    bus.consume({
      queue,
      handlers: handlers.filter((it) => subscriptions[queue].some((s) => s.type === it.type)),
    });
  }

  const told = (orderId: string, type: string) =>
    seen.filter((it) => it.orderId === orderId && it.type === `${type}.v1`);
  return {
    seen,
    tell,
    shipmentOf,
    /** What was asked or told about an order, in order of arrival, without versions. */
    typesOf: (orderId: string) =>
      seen.filter((it) => it.orderId === orderId).map((it) => it.type.replace(/\.v1$/, '')),
    dataOf: (orderId: string, type: string) =>
      seen.find((it) => it.orderId === orderId && it.type === `${type}.v1`)?.data,
    mute: (...commands: string[]) => {
      muted.clear();
      for (const command of commands) muted.add(command);
    },
    /** From now on so many reservations of an order are gone when they are to be sold. */
    loseHolds: (times: number) => {
      lostHolds = times;
    },
    /** So many of the next refunds are refused. */
    refuseRefunds: (times: number) => {
      refusedRefunds = times;
    },
    /** Everything of this type that was told about an order; what was only asked again counts once. */
    allOf: (orderId: string, type: string): unknown[] =>
      [...new Set(told(orderId, type).map(({ data }) => JSON.stringify(data)))].map((it) => JSON.parse(it)),
    timesTold: (orderId: string, type: string): number => told(orderId, type).length,
    /** From now on every answer is told this often. */
    repeat: (times: number) => {
      copies = times;
    },
    close: () => Promise.all(buses.map((bus) => bus.close())),
  };
}
