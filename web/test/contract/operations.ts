import * as cart from '@shopstack/contracts/cart';
import * as catalogue from '@shopstack/contracts/catalogue';
import * as dispatch from '@shopstack/contracts/dispatch';
import * as merchandise from '@shopstack/contracts/merchandise';
import type { Operation } from '@shopstack/contracts/operation';
import * as desk from '@shopstack/contracts/operations-desk';
import * as payment from '@shopstack/contracts/payment';
import * as ratings from '@shopstack/contracts/ratings';
import * as shipping from '@shopstack/contracts/shipping';
import * as user from '@shopstack/contracts/user';

/** An operation and the service that serves it. */
export interface Served {
  service: string;
  operation: Operation;
}
const contracts: Readonly<Record<string, readonly object[]>> = {
  user: [user],
  catalogue: [catalogue, merchandise],
  cart: [cart],
  payment: [payment],
  shipping: [shipping],
  ratings: [ratings],
  dispatch: [dispatch, desk],
};

const isOperation = (it: unknown): it is Operation =>
  typeof it === 'object' && it !== null && 'policy' in it && 'method' in it && 'path' in it;

export const serviceNames = Object.keys(contracts);
/** Every operation that the contracts export, whatever it is called. */
export const allServed: readonly Served[] = Object.entries(contracts).flatMap(([service, modules]) =>
  modules
    .flatMap((it) => Object.values(it))
    .filter(isOperation)
    .map((operation) => ({ service, operation })),
);
export const served = (id: string): Served => {
  const found = allServed.find(({ operation }) => operation.id === id);
  if (!found) throw new Error(`no contract has an operation called ${id}`);
  return found;
};
