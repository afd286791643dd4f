import { createHash } from 'node:crypto';
import type { Bus } from '@shopstack/bus/connection';
import { on } from '@shopstack/bus/handler';
import { draft, type OutgoingMessage } from '@shopstack/bus/message';
import * as m from '@shopstack/contracts/messages';
import { uuidv7 } from '@shopstack/kit/uuid';
import { eventually } from '@shopstack/testkit/eventually';
import { z } from 'zod';

const events = [
  m.paymentActionRequired,
  m.paymentAuthorised,
  m.paymentDeclined,
  m.paymentCaptured,
  m.paymentCaptureFailed,
  m.paymentVoided,
  m.paymentVoidFailed,
  m.paymentRefunded,
  m.paymentRefundFailed,
  m.paymentExpired,
  m.paymentLateSuccess,
  m.paymentDisputed,
];
const Saga = z.looseObject({ orderId: z.string(), paymentId: z.string(), round: z.int() });
export interface Heard {
  type: string;
  causationId: string | undefined;
  data: z.infer<typeof Saga>;
}
interface Wish {
  amountMinor?: number;
  guest?: boolean;
  maxAttempts?: number;
}

/** Stands in for dispatch: asks for payments over the bus and hears the replies. */
export function openOrders(bus: Bus) {
  const heard: Heard[] = [];
  bus.consume({
    queue: 'dispatch.replies',
    prefetch: 1,
    handlers: events.map((it) =>
      on(it, async (data, message) => {
        const type = it.type.replace(/^payment\.|\.v1$/g, '');
        heard.push({ type, causationId: message.causationId, data: Saga.parse(data) });
      }),
    ),
  });

  const order = ({ amountMinor = 1999, guest = false, maxAttempts = 3 }: Wish = {}) => {
    const id = uuidv7();
    const paymentId = uuidv7();
    const userId = uuidv7();
    const followToken = `follow ${id}`;
    const saga = { orderId: id, paymentId, round: 1 };
    const eur = (minor: number) => ({ amountMinor: minor, currency: 'EUR' });
    const buyer = guest
      ? { followTokenHash: createHash('sha256').update(followToken).digest('hex') }
      : { userId };
    const replies = () => heard.filter((it) => it.data.paymentId === paymentId);
    const commands = {
      authorise: (token = 'sim_ok') =>
        draft(m.paymentAuthorise, {
          subject: id,
          data: {
            ...saga,
            ...buyer,
            amount: eur(amountMinor),
            method: 'card',
            token,
            country: 'DE',
            maxAttempts,
          },
        }),
      charge: (phone = '254700000001', country = 'KE') =>
        draft(m.paymentCharge, {
          subject: id,
          data: {
            ...saga,
            ...buyer,
            amount: eur(amountMinor),
            method: 'mpesa',
            token: phone,
            country,
            maxAttempts,
          },
        }),
      capture: (minor = amountMinor) =>
        draft(m.paymentCapture, { subject: id, data: { ...saga, amount: eur(minor) } }),
      void: () => draft(m.paymentVoid, { subject: id, data: saga }),
      refund: (minor = amountMinor, refundId = uuidv7()) =>
        draft(m.paymentRefund, {
          subject: id,
          data: { ...saga, refundId, amount: eur(minor), reason: 'cancelled' },
        }),
    };
    const send = (...messages: OutgoingMessage[]) => Promise.all(messages.map((it) => bus.publish(it)));
    /** Sends and waits for the answer to exactly this message. */
    const ask = async (message: OutgoingMessage, withinMs = 15_000): Promise<Heard> => {
      await send(message);
      return answerTo(message, withinMs);
    };
    const answerTo = (message: OutgoingMessage, withinMs = 15_000) =>
      eventually(() => replies().find((it) => it.causationId === message.id), withinMs, 5);
    return {
      id,
      paymentId,
      userId,
      followToken,
      amountMinor,
      ...commands,
      send,
      ask,
      answerTo,
      replies,
      types: () => replies().map(({ type }) => type),
      next: (type: string, withinMs = 15_000) =>
        eventually(() => replies().find((it) => it.type === type), withinMs, 5),
    };
  };
  return { heard, order };
}
export type Order = ReturnType<ReturnType<typeof openOrders>['order']>;
