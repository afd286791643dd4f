import { OrderStatus } from '@shopstack/contracts/order';
import type { Judge } from './judge.ts';

const rank = (status: OrderStatus) => OrderStatus.options.indexOf(status);

/** I12: whoever watches an order never sees it go backwards, except that a person lets it go on where it was. */
export function createMonotoneJudge(): Judge {
  const last = new Map<string, { status: OrderStatus; version: number }>();
  return {
    promise: 'I12',
    title: 'a status never goes backwards',
    see: (event) => {
      if (event.type !== 'status') return [];
      const { order, status, version, via } = event;
      const eyes = `${order} ${via}`;
      const before = last.get(eyes);
      last.set(eyes, { status, version });
      if (!before) return [];
      const isResumed = before.status === 'attention-required' && status !== 'attention-required';
      if ((isResumed || rank(status) >= rank(before.status)) && version >= before.version) return [];
      const detail = `${before.status} (version ${before.version}), then ${status} (version ${version})`;
      return [{ promise: 'I12', id: order, detail }];
    },
    checked: () => last.size,
  };
}
