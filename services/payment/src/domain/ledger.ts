export type Account = 'provider-receivable' | 'customer-payments';
export interface Entry {
  account: Account;
  debitMinor: number;
  creditMinor: number;
}

/** Double entry: what the provider owes us, and what customers paid. Both columns always sum to the same. */
export const captureEntries = (amountMinor: number): Entry[] => [
  { account: 'provider-receivable', debitMinor: amountMinor, creditMinor: 0 },
  { account: 'customer-payments', debitMinor: 0, creditMinor: amountMinor },
];
export const refundEntries = (amountMinor: number): Entry[] => [
  { account: 'customer-payments', debitMinor: amountMinor, creditMinor: 0 },
  { account: 'provider-receivable', debitMinor: 0, creditMinor: amountMinor },
];
