import { createShopper, type Shopper } from '@shopstack/acceptance/shopper';
import type { History } from '../history.ts';
import { recordingFetch } from './recorder.ts';

/** Somebody who can buy; `signIn` is for when a session has ended. */
export interface Person {
  name: string;
  shopper: Shopper;
  signIn: () => Promise<void>;
}

export function createGuest(shopUrl: string, name: string, history: History): Person {
  const shopper = createShopper(shopUrl, recordingFetch(history, name));
  return { name, shopper, signIn: async () => undefined };
}

/** Accounts, each used by one buyer at a time: they share a cart. */
export async function openCustomers(shopUrl: string, count: number, history: History) {
  const customers: { person: Person; free: Promise<unknown> }[] = [];
  for (let number = 0; number < count; number++) {
    const name = `customer-${number}`;
    const shopper = createShopper(shopUrl, recordingFetch(history, name));
    const { email, password } = await shopper.signUp();
    const signIn = async () => {
      await shopper.signIn(email, password);
    };
    customers.push({ person: { name, shopper, signIn }, free: Promise.resolve() });
  }
  return {
    /** Runs `use` when whoever has this account now is done. */
    use: <T>(number: number, use: (person: Person) => Promise<T>): Promise<T> => {
      const customer = customers[number % customers.length];
      if (!customer) throw new Error('there are no customers');
      const turn = customer.free.then(() => use(customer.person));
      customer.free = turn.catch(() => undefined);
      return turn;
    },
  };
}
export type Customers = Awaited<ReturnType<typeof openCustomers>>;
