import { setTimeout as sleep } from 'node:timers/promises';
import { createTopology } from '@shopstack/bus/topology';
import { connect } from 'amqplib';
import mysql from 'mysql2/promise';
import type { Arena } from '../arena/arena.ts';

/** What still has to happen in the shop; all zero when it has come to rest. */
export interface Unrest {
  orders: number;
  outboxes: number;
  queues: number;
}

const ended = ['completed', 'rejected', 'cancelled', 'refunded', 'attention-required'];
const schemas = ['dispatch', 'payment', 'shipping', 'ratings'];
const EVERY_MS = 500;

/** Looks until nothing moves any more, or the time is over; answers what was left. */
export async function untilAtRest(arena: Arena, withinMs: number): Promise<Unrest> {
  const deadline = Date.now() + withinMs;
  let unrest: Unrest = { orders: -1, outboxes: -1, queues: -1 };
  while (Date.now() < deadline) {
    unrest = await lookAt(arena).catch(() => unrest);
    if (isAtRest(unrest)) return unrest;
    await sleep(EVERY_MS);
  }
  return unrest;
}

export const isAtRest = ({ orders, outboxes, queues }: Unrest): boolean =>
  orders === 0 && outboxes === 0 && queues === 0;

async function lookAt(arena: Arena): Promise<Unrest> {
  const [{ orders, outboxes }, queues] = await Promise.all([countRows(arena), countMessages(arena)]);
  return { orders, outboxes, queues };
}

async function countRows(arena: Arena): Promise<Pick<Unrest, 'orders' | 'outboxes'>> {
  const connection = await mysql.createConnection({ uri: arena.urls.mysql, connectTimeout: 3000 });
  const count = async (statement: string, values: unknown[] = []) => {
    const [rows] = await connection.query<mysql.RowDataPacket[]>(statement, values);
    return Number(rows[0]?.n ?? 0);
  };
  try {
    const orders = await count('select count(*) as n from dispatch.orders where status not in (?)', [ended]);
    let outboxes = 0;
    for (const schema of schemas) {
      outboxes += await count(`select count(*) as n from ${schema}.outbox where published_at is null`);
    }
    return { orders, outboxes };
  } finally {
    connection.destroy();
  }
}

/** Without what lies in a queue for good. */
async function countMessages(arena: Arena): Promise<number> {
  const connection = await connect(arena.urls.amqp);
  connection.on('error', () => undefined);
  try {
    const channel = await connection.createChannel();
    let messages = 0;
    for (const { name } of createTopology().queues) {
      if (!keeps(name)) messages += (await channel.checkQueue(name)).messageCount;
    }
    return messages;
  } finally {
    await connection.close().catch(() => undefined);
  }
}

/** dispatch.dead-letters waits for dispatch, and the audit counts what lies there. */
const keeps = (queue: string) =>
  queue.endsWith('.dlq') || queue === 'shop.unrouted' || queue === 'dispatch.dead-letters';
