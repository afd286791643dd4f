import type { ServiceName } from '@shopstack/stack/services';
import type { Failpoint } from './failpoint.ts';
import { cart, ratings, shipping, user } from './points/around.ts';
import { catalogue } from './points/catalogue.ts';
import { dispatch } from './points/dispatch.ts';
import { payment } from './points/payment.ts';
import { platform } from './points/platform.ts';
import type { SourceChange } from './source-change.ts';

/** Every failpoint. `failpoints.test.ts` checks them against the sources. */
export const failpoints: readonly Failpoint[] = [
  ...platform,
  ...dispatch,
  ...payment,
  ...catalogue,
  ...shipping,
  ...cart,
  ...user,
  ...ratings,
];

export const failpointsOf = (service: ServiceName): Failpoint[] =>
  failpoints.filter((it) => it.services.includes(service));

/** The change that plants a failpoint; it adds no line, so that stack traces stay true. */
export function plantingOf({ name, file, anchor, at }: Failpoint): SourceChange {
  const call = `globalThis.reachFailpoint('${name}');`;
  return { file, find: anchor, replace: at === 'before' ? `${call} ${anchor}` : `${anchor} ${call}` };
}
