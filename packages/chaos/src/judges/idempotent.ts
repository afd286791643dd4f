import { isKept } from '@shopstack/kit/idempotency';
import type { Call } from '../history.ts';
import type { Judge, Violation } from './judge.ts';

/** I7: one answer per key and path, for ever; one order per cart as it was, and whoever made it is told so. */
export function createIdempotentJudge(): Judge {
  const answers = new Map<string, string>();
  const cartOf = new Map<string, string>();
  const orderOf = new Map<string, string>();
  const keysOf = new Map<string, Set<string>>();

  const sameAnswer = (call: Call, answer: string): Violation[] => {
    const question = `${call.by} ${call.path} ${call.key}`;
    const before = answers.get(question);
    answers.set(question, answer);
    return before === undefined || before === answer
      ? []
      : [{ promise: 'I7', id: question, detail: `answered ${before}, then ${answer}` }];
  };
  const oneOrder = (call: Call): Violation[] => {
    const cart = cartOf.get(`${call.by} ${call.key}`);
    if (cart === undefined || call.id === undefined) return [];
    const before = orderOf.get(cart);
    orderOf.set(cart, call.id);
    return before === undefined || before === call.id
      ? []
      : [{ promise: 'I7', id: cart, detail: `the same cart became order ${before} and ${call.id}` }];
  };
  const itsOwnOrder = ({ by, key, problem }: Call): Violation[] => {
    const cart = cartOf.get(`${by} ${key}`);
    if (problem !== 'cart-already-ordered' || cart === undefined || keysOf.get(cart)?.size !== 1) return [];
    return [{ promise: 'I7', id: cart, detail: `the order of ${key} was made, and its answer was not kept` }];
  };
  const remember = (by: string, key: string, cart: string) => {
    cartOf.set(`${by} ${key}`, cart);
    keysOf.set(cart, (keysOf.get(cart) ?? new Set()).add(key));
  };
  return {
    promise: 'I7',
    title: 'the same key has one effect and one answer',
    see: (event) => {
      if (event.type === 'placing') remember(event.by, event.key, event.cart);
      if (event.type !== 'call' || event.key === undefined || !isAnswer(event)) return [];
      if (!answersOnce.test(event.path)) return [];
      const answer =
        `${event.status} ${event.status < 400 ? (event.id ?? '') : (event.problem ?? '')}`.trim();
      const placed = event.path === '/dispatch/orders' && event.status === 201;
      return [...sameAnswer(event, answer), ...(placed ? oneOrder(event) : itsOwnOrder(event))];
    },
    checked: () => answers.size,
  };
}

/** Where a key is not only welcome but demanded. */
const answersOnce = /^\/(dispatch|payment)\//;

const isAnswer = (call: Call): call is Call & { status: number } =>
  call.status !== undefined && isKept(call.status) && call.problem !== 'idempotency-key-running';
