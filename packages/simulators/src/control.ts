import { z } from 'zod';
import { CardBehaviour } from './card/behaviour.ts';
import { DisputeState } from './card/payment.ts';
import type { CardProvider } from './card/provider.ts';
import type { Carrier } from './carrier/carrier.ts';
import type { Mailbox } from './mail/mailbox.ts';
import { mailPage } from './mail/page.ts';
import type { Mpesa } from './mpesa/mpesa.ts';
import { createApi, endApi } from './refusal.ts';

const MailSearch = z.strictObject({
  to: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
const NewDispute = z.strictObject({ reference: z.string().min(1), state: DisputeState });
const Reset = z.strictObject({ ledger: z.boolean().default(false) });

interface Parts {
  provider: CardProvider;
  mpesa: Mpesa;
  carrier: Carrier;
  mailbox: Mailbox;
}

/** For tests and people: health, programmable behaviour, caught mail. Never to be reached from outside. */
export function createControlApp({ provider, mpesa, carrier, mailbox }: Parts) {
  const app = createApi();
  app.get('/health/ready', (_req, res) => {
    res.json({ status: 'up' });
  });
  app.get('/card/behaviour', (_req, res) => {
    res.json(provider.behaviour());
  });
  app.put('/card/behaviour', (req, res) => {
    provider.behave(CardBehaviour.parse(req.body));
    res.json(provider.behaviour());
  });
  app.post('/card/disputes', (req, res) => {
    const { reference, state } = NewDispute.parse(req.body);
    res.status(201).json(provider.dispute(reference, state));
  });
  app.get('/mpesa/behaviour', (_req, res) => {
    res.json(mpesa.behaviour());
  });
  app.put('/mpesa/behaviour', (req, res) => {
    mpesa.behave(req.body);
    res.json(mpesa.behaviour());
  });
  app.get('/carrier/behaviour', (_req, res) => {
    res.json(carrier.behaviour());
  });
  app.put('/carrier/behaviour', (req, res) => {
    carrier.behave(req.body);
    res.json(carrier.behaviour());
  });
  app.get('/waiting', (_req, res) => {
    res.json({
      webhooks: provider.waitingWebhooks(),
      mpesaCallbacks: mpesa.waitingCallbacks(),
      trackingEvents: carrier.waitingReports(),
    });
  });
  app.post('/reset', (req, res) => {
    const { ledger } = Reset.parse(req.body);
    provider.behave(CardBehaviour.parse({}));
    mpesa.behave({});
    carrier.behave({});
    if (ledger) {
      provider.forget();
      mpesa.forget();
      carrier.forget();
    }
    res.status(204).end();
  });
  app.get('/mails', (req, res) => {
    res.json({ items: mailbox.list(MailSearch.parse(req.query)) });
  });
  app.get('/', (_req, res) => {
    res.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'");
    res.type('html').send(mailPage(mailbox.list({ limit: 200 })));
  });
  return endApi(app);
}
