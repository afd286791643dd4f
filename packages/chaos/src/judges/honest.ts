import type { Call } from '../history.ts';
import type { Judge } from './judge.ts';

/** 404 is not among them: nobody here asks for what was never there. */
const honestRefusals = new Set([401, 409, 412, 422, 429]);

/** I13: an effect, a clear refusal, or 503 with Retry-After; never 500, a stack trace or silence of the gateway. */
export function createHonestJudge(): Judge {
  let checked = 0;
  return {
    promise: 'I13',
    title: 'honest answers under fault',
    see: (event) => {
      if (event.type !== 'call') return [];
      checked++;
      const fault = faultOf(event);
      return fault === undefined
        ? []
        : [{ promise: 'I13', id: `${event.method} ${event.path}`, detail: `${fault} (${event.by})` }];
    },
    checked: () => checked,
  };
}

/** A client that stopped waiting has not been lied to; it is counted elsewhere. */
function faultOf({ status, error, retryAfter, problem, leak }: Call): string | undefined {
  if (status === undefined) return error === 'connection' ? 'the gateway closed the connection' : undefined;
  if (leak !== undefined) return `${status} tells of its inside: ${leak}`;
  if (status < 400 || honestRefusals.has(status)) return undefined;
  if (status === 503) return retryAfter === undefined ? '503 without Retry-After' : undefined;
  return `${status} ${problem ?? ''}`.trim();
}
