import { z } from 'zod';
import { createDarajaHttp, type Said, unusable } from './daraja-http.ts';
import { darajaTime, darajaTimestamp } from './daraja-time.ts';

export interface DarajaOptions {
  baseUrl: string;
  consumerKey: string;
  consumerSecret: string;
  shortCode: string;
  passkey: string;
  initiator: string;
  securityCredential: string;
}
const Accepted = z.object({
  ResponseCode: z.coerce.string(),
  CheckoutRequestID: z.string().max(100).optional(),
});
const Queried = z.object({ ResultCode: z.coerce.string() });
const Transaction = z.object({
  transactionId: z.string().max(40),
  transactiontype: z.string(),
  billreference: z.string(),
  amount: z.coerce.number(),
});
const Pulled = z.object({ Response: z.array(z.array(Transaction)).default([]) });
/** What became of a request that was answered. */
export type Sent = { kind: 'accepted'; id: string | undefined } | { kind: 'refused'; reason: string };
export interface Movement {
  receipt: string;
  reference: string;
  amountMinor: number;
  isReversal: boolean;
}
const AT_WORK = '500.001.1001';
const MAX_PAGES = 20;

/** Safaricom's Daraja API. Answers are M-Pesa's word; whatever else happens is thrown, and then nobody knows. */
export function createDaraja(options: DarajaOptions) {
  const http = createDarajaHttp(options);
  const signed = () => {
    const Timestamp = darajaTimestamp(new Date());
    const Password = Buffer.from(options.shortCode + options.passkey + Timestamp).toString('base64');
    return { BusinessShortCode: options.shortCode, Password, Timestamp };
  };
  return {
    /** Puts a prompt on the phone. There is no key: sent twice, it asks twice. */
    async push(it: {
      phone: string;
      amountMinor: number;
      reference: string;
      callbackUrl: string;
    }): Promise<Sent> {
      const said = await http.post('/mpesa/stkpush/v1/processrequest', {
        ...signed(),
        TransactionType: 'CustomerPayBillOnline',
        Amount: it.amountMinor / 100,
        PartyA: it.phone,
        PartyB: options.shortCode,
        PhoneNumber: it.phone,
        CallBackURL: it.callbackUrl,
        AccountReference: it.reference,
        TransactionDesc: 'Order',
      });
      return sent(said);
    },
    /** The result code of a prompt; `at-work` while the customer has not decided, `unheard` when there is none. */
    async query(checkoutId: string): Promise<{ code: string } | 'at-work' | 'unheard'> {
      const body = { ...signed(), CheckoutRequestID: checkoutId };
      const said = await http.post('/mpesa/stkpushquery/v1/query', body);
      if (said.ok) return { code: Queried.parse(said.body).ResultCode };
      if (said.code === AT_WORK) return 'at-work';
      if (said.status === 400) return 'unheard';
      throw unusable(said);
    },
    /** Sends money back. No key here either; M-Pesa refuses to send back more than came. */
    async reverse(it: {
      receipt: string;
      amountMinor: number;
      occasion: string;
      resultUrl: string;
    }): Promise<Sent> {
      const said = await http.post('/mpesa/reversal/v1/request', {
        Initiator: options.initiator,
        SecurityCredential: options.securityCredential,
        CommandID: 'TransactionReversal',
        TransactionID: it.receipt,
        Amount: it.amountMinor / 100,
        ReceiverParty: options.shortCode,
        RecieverIdentifierType: '11',
        ResultURL: it.resultUrl,
        QueueTimeOutURL: it.resultUrl,
        Remarks: 'Refund',
        Occasion: it.occasion,
      });
      return sent(said);
    },
    /** What moved under a reference since then; M-Pesa remembers 48 hours. */
    async movements(reference: string, since: Date): Promise<Movement[]> {
      const range = { StartDate: darajaTime(since), EndDate: darajaTime(new Date(Date.now() + 60_000)) };
      const found: Movement[] = [];
      for (let offset = 0, pages = 0; pages < MAX_PAGES; pages++) {
        const body = { ShortCode: options.shortCode, ...range, OffSetValue: String(offset) };
        const said = await http.post('/pulltransactions/v1/query', body);
        if (!said.ok) throw unusable(said);
        const page = Pulled.parse(said.body).Response.flat();
        found.push(...page.filter((it) => it.billreference === reference).map(movementOf));
        if (page.length === 0) break;
        offset += page.length;
      }
      return found;
    },
    close: http.close,
  };
}
export type Daraja = ReturnType<typeof createDaraja>;

const movementOf = (it: z.infer<typeof Transaction>): Movement => ({
  receipt: it.transactionId,
  reference: it.billreference,
  amountMinor: Math.round(it.amount * 100),
  isReversal: it.transactiontype === 'reversal',
});

/** Only 400 is a refusal; anything else that is not a success says nothing about what was done. */
function sent(said: Said): Sent {
  if (!said.ok) {
    if (said.status === 400) return { kind: 'refused', reason: `mpesa ${said.code}` };
    throw unusable(said);
  }
  const { ResponseCode, CheckoutRequestID } = Accepted.parse(said.body);
  if (ResponseCode !== '0') return { kind: 'refused', reason: `mpesa ${ResponseCode}` };
  return { kind: 'accepted', id: CheckoutRequestID };
}
