import mongoose from 'mongoose';
import mysql from 'mysql2/promise';
import { z } from 'zod';

/** Where the stores of a running shop are; accounts that may read everything. */
export interface ShopStores {
  mysqlUrl: string;
  mongoUrl: string;
  cardUrl: string;
  cardKey: string;
}
const paid = ['confirmed', 'shipped', 'completed'];
const unpaid = ['rejected', 'cancelled', 'refunded'];

const OrderRow = z.object({ id: z.string(), status: z.string(), total_minor: z.coerce.number() });
const PaymentRow = z.object({
  order_id: z.string(),
  captured_minor: z.coerce.number(),
  refunded_minor: z.coerce.number(),
  captures: z.coerce.number(),
});
const ShipmentRow = z.object({ order_id: z.string(), live: z.coerce.number() });
const StockDocument = z.object({
  _id: z.string(),
  available: z.number(),
  adjusted: z.number(),
  sold: z.number(),
  holds: z.array(z.object({ orderId: z.string(), q: z.number() })),
});
const LedgerPage = z.object({
  items: z.array(
    z.looseObject({
      sequence: z.number(),
      kind: z.string(),
      amountMinor: z.number(),
      reference: z.string().optional(),
    }),
  ),
  next: z.number().nullable(),
});
interface Facts {
  orders: z.infer<typeof OrderRow>[];
  payments: Map<string, z.infer<typeof PaymentRow>>;
  shipments: Map<string, number>;
  stock: z.infer<typeof StockDocument>[];
  provider: Map<string, { capturedMinor: number; refundedMinor: number; captures: number }>;
}

/**
 * What breaks promises I1 to I6 (money, one charge, no oversell, no phantom hold, one shipment, every order ends), one
 * line each. Empty when all hold. Reads every store; meant for a shop that has come to rest.
 */
export async function findViolations(stores: ShopStores): Promise<string[]> {
  const facts = await readFacts(stores);
  return [
    ...facts.orders.flatMap((order) => [
      ...moneyFaults(order, facts),
      ...shipmentFaults(order, facts),
      ...endFaults(order),
    ]),
    ...facts.stock.flatMap((it) => stockFaults(it, facts)),
  ];
}

function moneyFaults(order: Facts['orders'][number], { payments, provider }: Facts): string[] {
  const ours = payments.get(order.id);
  const theirs = provider.get(order.id) ?? { capturedMinor: 0, refundedMinor: 0, captures: 0 };
  const kept = (ours?.captured_minor ?? 0) - (ours?.refunded_minor ?? 0);
  const wanted = paid.includes(order.status) ? order.total_minor : unpaid.includes(order.status) ? 0 : kept;
  const faults: string[] = [];
  if (kept !== wanted)
    faults.push(`I1 order ${order.id} is ${order.status}: kept ${kept} instead of ${wanted}`);
  if (kept !== theirs.capturedMinor - theirs.refundedMinor) {
    faults.push(
      `I1 order ${order.id}: we say ${kept}, the provider ${theirs.capturedMinor - theirs.refundedMinor}`,
    );
  }
  if ((ours?.captures ?? 0) > 1 || theirs.captures > 1) {
    faults.push(`I2 order ${order.id} was charged ${Math.max(ours?.captures ?? 0, theirs.captures)} times`);
  }
  return faults;
}

function shipmentFaults(order: Facts['orders'][number], { shipments }: Facts): string[] {
  const live = shipments.get(order.id) ?? 0;
  if (paid.includes(order.status) && live !== 1)
    return [`I5 order ${order.id} is ${order.status} with ${live} shipments`];
  if (['rejected', 'cancelled'].includes(order.status) && live !== 0) {
    return [`I5 order ${order.id} is ${order.status} and has a shipment`];
  }
  return [];
}

const endFaults = (order: Facts['orders'][number]): string[] =>
  [...paid, ...unpaid, 'attention-required'].includes(order.status)
    ? []
    : [`I6 order ${order.id} is still ${order.status}`];

function stockFaults(it: Facts['stock'][number], { orders }: Facts): string[] {
  const held = it.holds.reduce((sum, { q }) => sum + q, 0);
  const faults: string[] = [];
  if (it.adjusted !== it.available + held + it.sold || it.available < 0) {
    faults.push(
      `I3 ${it._id}: ${it.adjusted} came in, ${it.available} available + ${held} held + ${it.sold} sold`,
    );
  }
  const ended = new Map(orders.map(({ id, status }) => [id, [...paid, ...unpaid].includes(status)]));
  for (const { orderId } of it.holds) {
    if (ended.get(orderId) ?? true) faults.push(`I4 ${it._id} is held for order ${orderId}, which is over`);
  }
  return faults;
}

async function readFacts(stores: ShopStores): Promise<Facts> {
  const sql = await mysql.createConnection(stores.mysqlUrl);
  const mongo = await mongoose.createConnection(stores.mongoUrl).asPromise();
  try {
    const [orders] = await sql.query('select id, status, total_minor from dispatch.orders');
    const [payments] = await sql.query(
      `select p.order_id, p.captured_minor, p.refunded_minor, (select count(*) from payment.attempts a
        where a.payment_id = p.id and a.kind = 'capture' and a.state = 'succeeded') as captures from payment.payments p`,
    );
    const [shipments] = await sql.query(
      "select order_id, sum(state <> 'cancelled') as live from shipping.shipments group by order_id",
    );
    const stock = await mongo.useDb('catalogue').collection('stock').find().toArray();
    return {
      orders: z.array(OrderRow).parse(orders),
      payments: new Map(
        z
          .array(PaymentRow)
          .parse(payments)
          .map((it) => [it.order_id, it]),
      ),
      shipments: new Map(
        z
          .array(ShipmentRow)
          .parse(shipments)
          .map((it) => [it.order_id, it.live]),
      ),
      stock: z.array(StockDocument).parse(stock),
      provider: await readProvider(stores),
    };
  } finally {
    await mongo.close();
    await sql.end();
  }
}

async function readProvider({ cardUrl, cardKey }: ShopStores): Promise<Facts['provider']> {
  const byOrder: Facts['provider'] = new Map();
  let after: number | null = 0;
  while (after !== null) {
    const reply = await fetch(`${cardUrl}/v1/ledger?after=${after}`, {
      headers: { authorization: `Bearer ${cardKey}` },
    });
    const page: z.infer<typeof LedgerPage> = LedgerPage.parse(await reply.json());
    for (const { kind, amountMinor, reference = '' } of page.items) {
      const sum = byOrder.get(reference) ?? { capturedMinor: 0, refundedMinor: 0, captures: 0 };
      if (kind === 'captured') sum.captures++;
      if (kind === 'captured') sum.capturedMinor += amountMinor;
      if (kind === 'refunded') sum.refundedMinor += amountMinor;
      byOrder.set(reference, sum);
    }
    after = page.next;
  }
  return byOrder;
}
