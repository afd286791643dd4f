import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditReport } from '@shopstack/contracts/operations-desk';
import { createLayout } from '@shopstack/stack/layout';
import { portsFrom } from '@shopstack/stack/ports';
import { z } from 'zod';
import { ask } from './asking.ts';
import { type Person, secret } from './people.ts';

/** The ports of the shop under test on this machine, past the gateway. */
function portsOfShop() {
  const dataDir = process.env.SHOP_DATA_DIR ?? join(import.meta.dirname, '../../../.shopstack');
  const state: unknown = JSON.parse(readFileSync(createLayout(dataDir).stateFile, 'utf8'));
  return portsFrom(z.object({ portBase: z.int() }).parse(state).portBase);
}

/**
 * Leaves a message in the dead letters, as a service does that gives it up; answers the message's id. It tells of goods
 * given back for an order nobody placed: whoever gets it again has nothing to do.
 */
export async function plantDeadLetter(): Promise<string> {
  const management = process.env.AMQP_MANAGEMENT_URL
    ? new URL(process.env.AMQP_MANAGEMENT_URL)
    : new URL(`http://admin:${secret('amqp.admin')}@127.0.0.1:${portsOfShop()('rabbitmqManagement')}`);
  const [queue, type] = ['dispatch.replies', 'stock.released.v1'];
  const [id, orderId] = [randomUUID(), randomUUID()];
  const marks = { 'x-shop-queue': queue, 'x-shop-reason': 'permanent', 'x-shop-detail': 'planted by a test' };
  const envelope = {
    ...{ specversion: '1.0', id, source: '/shopstack/test', type, subject: orderId },
    ...{ time: new Date().toISOString(), datacontenttype: 'application/json', data: { orderId, round: 1 } },
  };
  const reply = await fetch(`${management.origin}/api/exchanges/shop/shop.dlx/publish`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${management.username}:${management.password}`)}` },
    body: JSON.stringify({
      routing_key: queue,
      payload: JSON.stringify(envelope),
      payload_encoding: 'string',
      properties: { message_id: id, type, correlation_id: orderId, delivery_mode: 2, headers: marks },
    }),
  });
  if (!reply.ok) throw new Error(`the broker answers ${reply.status}: ${await reply.text()}`);
  return id;
}

/** Hands in the report of an audit that looked at nothing, unless there is a report. */
export async function ensureAudit(reader: Pick<Person, 'credentials'>): Promise<void> {
  if ((await ask('getLatestAudit', {}, reader.credentials)).status === 200) return;
  const report: AuditReport = { at: new Date().toISOString(), tookMs: 0, findings: [], violations: 0 };
  const reply = await fetch(`http://127.0.0.1:${portsOfShop()('dispatch')}/internal/audits/latest`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(report),
  });
  if (!reply.ok) throw new Error(`dispatch answers ${reply.status}`);
}
