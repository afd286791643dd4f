import type { Secrets } from './secrets.ts';

export interface SampleAccount {
  email: string;
  password: string;
  name: string;
  roles: readonly string[];
}

const people = [
  { role: 'customer', name: 'Casey Customer' },
  { role: 'support', name: 'Sam Support' },
  { role: 'merchandiser', name: 'Morgan Merchandiser' },
  { role: 'admin', name: 'Alex Admin' },
] as const;

/** One account per role; the passwords are this shop's own. */
export function sampleAccounts(secrets: Secrets): SampleAccount[] {
  return people.map(({ role, name }) => ({
    email: `${role}@shopstack.example`,
    password: secrets.phrase(`account.${role}`),
    name,
    roles: [role],
  }));
}
