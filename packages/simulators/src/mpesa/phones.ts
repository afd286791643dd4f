export type Wait = 'decide' | 'late' | 'prompt';
/** What the customer with a phone does, by its last two digits; any other is like 01. */
const effects: Readonly<Record<string, { waits: Wait; resultCode: number }>> = {
  '01': { waits: 'decide', resultCode: 0 },
  '02': { waits: 'decide', resultCode: 1032 },
  '03': { waits: 'prompt', resultCode: 1037 },
  '04': { waits: 'late', resultCode: 0 },
};
const approves = { waits: 'decide', resultCode: 0 } as const;
export const effectOf = (phone: string) => effects[phone.slice(-2)] ?? approves;

const words: Readonly<Record<number, string>> = {
  0: 'The service request is processed successfully.',
  1032: 'Request cancelled by user',
  1037: 'DS timeout user cannot be reached',
};
export const describeResult = (resultCode: number): string => words[resultCode] ?? 'Failed';
