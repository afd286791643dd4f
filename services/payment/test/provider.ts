import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CardBehaviour } from '@shopstack/simulators/card/behaviour';
import type { MpesaBehaviour } from '@shopstack/simulators/mpesa/behaviour';
import { startSimulators } from '@shopstack/simulators/simulators';
import { z } from 'zod';

export const CARD_KEY = 'a card key for the tests';
export const WEBHOOK_SECRET = 'a webhook secret for the tests';

export const mpesa = {
  consumerKey: 'the consumer of the tests',
  consumerSecret: 'a consumer secret for the tests',
  shortCode: '174379',
  passkey: 'a passkey for the tests',
  currency: 'EUR',
};

const Entry = z.object({
  reference: z.string(),
  paymentId: z.string(),
  kind: z.string(),
  amountMinor: z.int(),
});
const LedgerPage = z.object({ items: z.array(Entry), next: z.int().nullable() });
const Payments = z.object({ items: z.array(z.object({ id: z.string(), status: z.string() })) });

/** The real simulators of cards and M-Pesa with a memory of their own. */
export async function startProvider(webhookUrl: string) {
  const folder = await mkdtemp(join(tmpdir(), 'payment-'));
  const simulators = await startSimulators({
    dataDir: folder,
    mailDir: join(folder, 'mail'),
    bindAddress: '127.0.0.1',
    ports: { card: 0, mpesa: 0, carrier: 0, smtp: 0, control: 0 },
    card: { key: CARD_KEY, webhookUrl, webhookSecret: WEBHOOK_SECRET },
    mpesa: { ...mpesa, paceMs: 100, lateMs: 4000 },
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
  const pagesOf = async (page: (after: number) => Promise<unknown>) => {
    const all: z.infer<typeof Entry>[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const { items, next }: z.infer<typeof LedgerPage> = LedgerPage.parse(await page(after));
      all.push(...items);
      after = next;
    }
    return all;
  };
  const entries = () => pagesOf((after) => call('GET', `/v1/ledger?after=${after}`));
  const controlled = (method: string, path: string, body: unknown) =>
    fetch(control + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const daraja = `http://127.0.0.1:${simulators.ports.mpesa}`;
  const phoneEntries = async () => {
    const basic = Buffer.from(`${mpesa.consumerKey}:${mpesa.consumerSecret}`).toString('base64');
    const login = await fetch(`${daraja}/oauth/v1/generate?grant_type=client_credentials`, {
      headers: { authorization: `Basic ${basic}` },
    });
    const { access_token } = z.object({ access_token: z.string() }).parse(await login.json());
    const headers = { authorization: `Bearer ${access_token}` };
    return pagesOf(async (after) => (await fetch(`${daraja}/v1/ledger?after=${after}`, { headers })).json());
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
      await controlled('PUT', '/card/behaviour', behaviour);
    },
    /** What the cardholder's bank does about an order's payment. */
    dispute: (reference: string, state: string) => controlled('POST', '/card/disputes', { reference, state }),
    mpesa: {
      url: daraja,
      entries: phoneEntries,
      /** What happened to an order's money at M-Pesa, in order. */
      kinds: async (orderId: string) =>
        (await phoneEntries()).filter((it) => orderId.endsWith(it.reference)).map(({ kind }) => kind),
      behave: (behaviour: Partial<MpesaBehaviour> = {}) =>
        controlled('PUT', '/mpesa/behaviour', behaviour).then((it) => {
          if (!it.ok) throw new Error(`the simulator refuses ${JSON.stringify(behaviour)}`);
        }),
    },
    async close() {
      await simulators.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
