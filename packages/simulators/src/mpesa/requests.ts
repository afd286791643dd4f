import { z } from 'zod';
import { readDaraja } from './time.ts';

const shortCode = z.coerce.string().regex(/^\d{5,7}$/);
const signed = {
  BusinessShortCode: shortCode,
  Password: z.string(),
  Timestamp: z.string().regex(/^\d{14}$/),
};
/** Daraja takes whole shillings; shops with other currencies need their cents. */
const AmountMinor = z.coerce
  .number()
  .positive()
  .max(1e10)
  .transform((amount) => Math.round(amount * 100));
const moment = z.string().transform(readDaraja).pipe(z.int());

export const Push = z.object({
  ...signed,
  TransactionType: z.enum(['CustomerPayBillOnline', 'CustomerBuyGoodsOnline']),
  Amount: AmountMinor,
  PartyA: z.coerce.string(),
  PartyB: z.coerce.string(),
  PhoneNumber: z.coerce.string().regex(/^254[17]\d{8}$/),
  CallBackURL: z.url(),
  AccountReference: z.string().min(1).max(12),
  TransactionDesc: z.string().min(1).max(13),
});
export const PushQuery = z.object({ ...signed, CheckoutRequestID: z.string() });
export const Reversal = z.object({
  Initiator: z.string().min(1),
  SecurityCredential: z.string().min(1),
  CommandID: z.literal('TransactionReversal'),
  TransactionID: z.string(),
  Amount: AmountMinor,
  ReceiverParty: shortCode,
  RecieverIdentifierType: z.coerce.string().pipe(z.literal('11')),
  ResultURL: z.url(),
  QueueTimeOutURL: z.url(),
  Remarks: z.string().min(1).max(100),
  Occasion: z.string().max(100).default(''),
});
export const Pull = z.object({
  ShortCode: shortCode,
  StartDate: moment,
  EndDate: moment,
  OffSetValue: z.coerce.number().int().min(0).default(0),
});
