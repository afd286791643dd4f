import { randomUUID } from 'node:crypto';
import type { NewDelivery } from '../deliveries.ts';
import type { Checkout } from './checkout.ts';
import { describeResult } from './phones.ts';
import { daraja } from './time.ts';

type Callback = Pick<NewDelivery, 'url' | 'body'>;

/** `Body.stkCallback`: what became of a prompt. */
export function stkCallback(it: Checkout, resultCode: number): Callback {
  const metadata = {
    Item: [
      { Name: 'Amount', Value: it.amountMinor / 100 },
      { Name: 'MpesaReceiptNumber', Value: it.receipt },
      { Name: 'TransactionDate', Value: Number(daraja(new Date(it.updatedAt)).compact) },
      { Name: 'PhoneNumber', Value: Number(it.phone) },
    ],
  };
  const stk = {
    MerchantRequestID: it.merchantRequestId,
    CheckoutRequestID: it.id,
    ResultCode: resultCode,
    ResultDesc: describeResult(resultCode),
    ...(resultCode === 0 ? { CallbackMetadata: metadata } : {}),
  };
  return { url: it.callbackUrl, body: JSON.stringify({ Body: { stkCallback: stk } }) };
}

/** `Result`: what became of a reversal. */
export function reversalResult(it: {
  url: string;
  conversationId: string;
  receipt: string;
  done: boolean;
}): Callback {
  const result = {
    ResultType: 0,
    ResultCode: it.done ? '0' : 'R000001',
    ResultDesc: it.done ? describeResult(0) : 'The transaction has already been reversed',
    OriginatorConversationID: it.conversationId,
    ConversationID: `AG_${randomUUID()}`,
    TransactionID: it.receipt,
  };
  return { url: it.url, body: JSON.stringify({ Result: result }) };
}
