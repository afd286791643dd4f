import { isDeepStrictEqual } from 'node:util';
import type { Operation } from '@shopstack/contracts/operation';
import { ProblemDetails, problems } from '@shopstack/contracts/problems';

export interface Seen {
  status: number;
  headers: Headers;
  text: string;
  /** The JSON of the body; undefined for anything else. */
  body: unknown;
  /** The problem's code. */
  code: string | undefined;
}
/** Codes that only the gateway gives; web/gateway/README.md lists them. */
const gatewayCodes: Readonly<Record<string, number>> = {
  'malformed-request': 400,
  'address-too-long': 414,
  'headers-too-large': 431,
};
const known = new Map<string, readonly [number, string]>(Object.entries(problems));
/** Stack frames, module paths and what databases say of themselves. */
const innards =
  /\n\s+at |node_modules|file:\/\/|\/src\/|\.ts:\d+|ECONN|Mongo[A-Z]|ER_[A-Z]+|SQLSTATE|ZodError/;

/** Which rules of every answer this one breaks. */
export const faultsOf = (seen: Seen, operation?: Operation): string[] =>
  seen.status >= 400 ? problemFaults(seen) : successFaults(seen, operation);

function problemFaults({ status, headers, text, body, code }: Seen): string[] {
  const faults: string[] = [];
  const rule = (holds: boolean, fault: string) => holds || faults.push(fault);
  rule(status < 500, `answers ${status}`);
  rule(/^application\/problem\+json/.test(headers.get('content-type') ?? ''), 'is no problem+json');
  rule(!innards.test(text), 'shows our innards');
  const details = ProblemDetails.safeParse(body);
  if (!details.success || code === undefined) return [...faults, 'is not shaped like a problem'];
  const [expected, title] = known.get(code) ?? [gatewayCodes[code], details.data.title];
  rule(expected === status && details.data.status === status, `${code} with status ${status}`);
  rule(details.data.title === title, `${code} is titled ${details.data.title}`);
  rule(details.data.instance === headers.get('x-request-id'), 'instance is not the request id');
  rule(status !== 401 || headers.has('www-authenticate'), '401 without WWW-Authenticate');
  rule(![429, 503].includes(status) || headers.has('retry-after'), `${status} without Retry-After`);
  return faults;
}

function successFaults({ status, headers, text, body }: Seen, operation: Operation | undefined): string[] {
  const faults: string[] = [];
  if (!headers.has('x-request-id')) faults.push('has no X-Request-Id');
  if (!operation) return faults;
  const answer = operation.answers[status];
  const contentType = headers.get('content-type') ?? '';
  if (answer === undefined) return [...faults, `answers ${status}, which its contract does not know`];
  if (answer === null) return text === '' ? faults : [...faults, 'has a body'];
  if (typeof answer === 'string')
    return contentType.startsWith(answer.replace('*', '')) ? faults : [...faults, `is ${contentType}`];
  if (!contentType.startsWith('application/json')) faults.push(`is ${contentType}`);
  const parsed = answer.safeParse(body);
  if (!parsed.success) return [...faults, parsed.error.message];
  if (!isDeepStrictEqual(parsed.data, body)) faults.push('has fields its contract does not know');
  return faults;
}
