import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Express, NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { createApi } from '../refusal.ts';
import { createAccess, DarajaError } from './access.ts';
import type { Transaction } from './memory.ts';
import type { Mpesa, MpesaOptions } from './mpesa.ts';
import { describeResult } from './phones.ts';
import { Pull, Push, PushQuery, Reversal } from './requests.ts';
import { daraja } from './time.ts';

const PULL_PAGE = 500;
const accepted = { ResponseCode: '0', ResponseDescription: 'Accept the service request successfully.' };

/** Daraja's HTTP interface, as far as a shop needs it; packages/simulators/README.md describes it. */
export function createMpesaApp(mpesa: Mpesa, options: MpesaOptions): Express {
  const access = createAccess(options);
  const app = createApi();
  app.get('/oauth/v1/generate', (req, res) => {
    res.json(access.token(req));
  });
  app.use(access.required);
  app.post('/mpesa/stkpush/v1/processrequest', (req, res) => {
    const it = Push.parse(req.body);
    access.checkPassword(it);
    return perform(mpesa, { req, res }, () => {
      const { Amount: amountMinor, PhoneNumber: phone, AccountReference: reference } = it;
      const made = mpesa.push({ phone, amountMinor, reference, callbackUrl: it.CallBackURL });
      const ids = { MerchantRequestID: made.merchantRequestId, CheckoutRequestID: made.id };
      const said = 'Success. Request accepted for processing';
      return { ...ids, ResponseCode: '0', ResponseDescription: said, CustomerMessage: said };
    });
  });
  app.post('/mpesa/stkpushquery/v1/query', (req, res) => {
    const it = PushQuery.parse(req.body);
    access.checkPassword(it);
    res.json(queried(mpesa, it.CheckoutRequestID));
  });
  app.post('/mpesa/reversal/v1/request', (req, res) => {
    const it = Reversal.parse(req.body);
    access.checkShortCode(it.ReceiverParty);
    return perform(mpesa, { req, res }, () => {
      const { TransactionID: receipt, Amount: amountMinor, Occasion: occasion } = it;
      const conversationId = mpesa.reverse({ receipt, amountMinor, occasion, resultUrl: it.ResultURL });
      const ids = { OriginatorConversationID: conversationId, ConversationID: `AG_${randomUUID()}` };
      return { ...ids, ...accepted };
    });
  });
  app.post('/pulltransactions/v1/query', (req, res) => {
    const it = Pull.parse(req.body);
    access.checkShortCode(it.ShortCode);
    const range = { from: it.StartDate, to: it.EndDate + 999, offset: it.OffSetValue, limit: PULL_PAGE };
    const found = mpesa.memory.transactions(range).map((one) => shown(one, options.shortCode));
    const head = { ResponseRefID: randomUUID(), ResponseCode: '1000', ResponseMessage: 'Success' };
    res.json({ ...head, Response: [found] });
  });
  app.get('/v1/ledger', (req, res) => {
    res.json(mpesa.memory.page(req.query));
  });
  return endDaraja(app);
}

function queried(mpesa: Mpesa, id: string) {
  const it = mpesa.memory.find(id);
  if (!it) throw new DarajaError(400, '400.002.02', 'Bad Request - Invalid CheckoutRequestID');
  if (it.resultCode === undefined)
    throw new DarajaError(500, '500.001.1001', 'The transaction is being processed');
  const result = { ResultCode: String(it.resultCode), ResultDesc: describeResult(it.resultCode) };
  return { ...accepted, MerchantRequestID: it.merchantRequestId, CheckoutRequestID: it.id, ...result };
}

const shown = (it: Transaction, shortCode: string) => ({
  transactionId: it.receipt,
  trxDate: daraja(new Date(it.at)).spaced,
  msisdn: `${it.phone.slice(0, 6)}***${it.phone.slice(-3)}`,
  sender: 'MPESA',
  transactiontype: it.kind === 'payment' ? 'c2b-pay-bill-debit' : 'reversal',
  billreference: it.reference,
  amount: (it.amountMinor / 100).toFixed(2),
  organizationname: shortCode,
});

async function perform(mpesa: Mpesa, { req, res }: { req: Request; res: Response }, act: () => object) {
  const next = mpesa.nextAnswer();
  await sleep(mpesa.behaviour().delayMs);
  if (next === 'drop-before-commit') return req.socket.destroy();
  if (next === 'error-500') throw new DarajaError(500, '500.003.1001', 'Internal Server Error');
  const answer = act();
  if (next === 'hang-after-commit') return;
  if (next === 'drop-after-commit') return req.socket.destroy();
  if (next === 'error-500-after-commit') throw new DarajaError(500, '500.003.1001', 'Internal Server Error');
  await sleep(mpesa.behaviour().answerDelayMs);
  res.json(answer);
}

function endDaraja(app: Express): Express {
  app.use(() => {
    throw new DarajaError(404, '404.001.01', 'Resource not found');
  });
  app.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) return next(error);
    const { status, code, message } = asDarajaError(error);
    res.status(status).json({ requestId: randomUUID(), errorCode: code, errorMessage: message });
  });
  return app;
}

function asDarajaError(error: unknown): DarajaError {
  if (error instanceof DarajaError) return error;
  if (error instanceof z.ZodError) {
    const field = error.issues[0]?.path.join('.') ?? 'body';
    return new DarajaError(400, '400.002.02', `Bad Request - Invalid ${field}`);
  }
  console.error(error);
  return new DarajaError(500, '500.003.1001', 'Internal Server Error');
}
