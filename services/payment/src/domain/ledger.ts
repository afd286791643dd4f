export type Account = 'provider-receivable' | 'customer-payments' | 'disputes-lost';
export interface Entry {
  account: Account;
  debitMinor: number;
  creditMinor: number;
}

/** Double entry: what the provider owes us, what customers paid, what banks took back. Both columns always sum to the same. */
export const captureEntries = (amountMinor: number): Entry[] => [
  { account: 'provider-receivable', debitMinor: amountMinor, creditMinor: 0 },
  { account: 'customer-payments', debitMinor: 0, creditMinor: amountMinor },
];
export const refundEntries = (amountMinor: number): Entry[] => [
  { account: 'customer-payments', debitMinor: amountMinor, creditMinor: 0 },
  { account: 'provider-receivable', debitMinor: 0, creditMinor: amountMinor },
];
export const lostEntries = (amountMinor: number): Entry[] => [
  { account: 'disputes-lost', debitMinor: amountMinor, creditMinor: 0 },
  { account: 'provider-receivable', debitMinor: 0, creditMinor: amountMinor },
];
