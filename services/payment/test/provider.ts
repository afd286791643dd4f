import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CardBehaviour } from '@shopstack/simulators/card/behaviour';
import { startSimulators } from '@shopstack/simulators/simulators';
import { z } from 'zod';

export const CARD_KEY = 'a card key for the tests';
export const WEBHOOK_SECRET = 'a webhook secret for the tests';

const Entry = z.object({
  reference: z.string(),
  paymentId: z.string(),
  kind: z.string(),
  amountMinor: z.int(),
});
const LedgerPage = z.object({ items: z.array(Entry), next: z.int().nullable() });
const Payments = z.object({ items: z.array(z.object({ id: z.string(), status: z.string() })) });

/** The real card simulator with a memory of its own. */
export async function startProvider(webhookUrl: string) {
  const folder = await mkdtemp(join(tmpdir(), 'payment-'));
  const simulators = await startSimulators({
    dataDir: folder,
    mailDir: join(folder, 'mail'),
    bindAddress: '127.0.0.1',
    ports: { card: 0, carrier: 0, smtp: 0, control: 0 },
    card: { key: CARD_KEY, webhookUrl, webhookSecret: WEBHOOK_SECRET },
    carrier: { key: 'carrier', callbackUrl: webhookUrl, token: 'token', paceMs: 60_000 },
  });
  const url = `http://127.0.0.1:${simulators.ports.card}`;
  const control = `http://127.0.0.1:${simulators.ports.control}`;
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const headers = {
      authorization: `Bearer ${CARD_KEY}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(url + path, { method, headers, ...sent });
    return answer.json();
  };
  const entries = async () => {
    const all: z.infer<typeof Entry>[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page: z.infer<typeof LedgerPage> = LedgerPage.parse(
        await call('GET', `/v1/ledger?after=${after}`),
      );
      all.push(...page.items);
      after = page.next;
    }
    return all;
  };
  return {
    url,
    call,
    entries,
    /** What happened to an order's money at the provider, in order. */
    kinds: async (reference: string) =>
      (await entries()).filter((it) => it.reference === reference).map(({ kind }) => kind),
    payments: async (reference: string) =>
      Payments.parse(await call('GET', `/v1/payments?reference=${reference}`)).items,
    /** Replaces all behaviour; nothing is normal again. */
    async behave(behaviour: Partial<CardBehaviour> = {}) {
      await fetch(`${control}/card/behaviour`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(behaviour),
      });
    },
    async close() {
      await simulators.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
