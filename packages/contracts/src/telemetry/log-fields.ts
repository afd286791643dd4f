import type { FieldDefinition } from './definition.ts';

const of =
  (type: FieldDefinition['type']) =>
  (meaning: string, why: string): FieldDefinition => ({ type, meaning, why });
const text = of('text');
const number = of('number');
const flag = of('yes or no');
const list = of('list');
const object = of('object');

/** On every line; written by kit, never by a caller. */
const everyLine = {
  time: text('when, RFC 3339 in UTC', 'order of lines of several replicas'),
  level: text('trace, debug, info, warn, error or fatal', 'what needs a person'),
  service: text('who wrote it', 'one index for all services'),
  message: text('a constant sentence', 'lines of one kind are found by it'),
  traceId: text('W3C trace id of what runs, when it is traced', 'from the line to the trace and back'),
  spanId: text('the span within it', 'the very hop'),
};
const requests = {
  requestId: text('id of the request, also told to the caller', 'a complaint names it'),
  method: text('HTTP method', 'with the route: the operation'),
  route: text('path template, or `unmatched`', 'a path would hold ids and secrets'),
  status: text(
    'HTTP status of a request; status an order reached',
    'errors by operation; an order by its states',
  ),
  durationMs: number('from the head of the request to the end of the answer', 'slow requests'),
  problem: text('problem code that was answered', 'refusals by kind'),
  code: text('problem code of a failure of ours', 'failures by kind'),
};
const messages = {
  messageId: text('id of the message', 'the same for every delivery'),
  type: text('type of the message', 'failures by what was asked'),
  queue: text('where it was consumed', 'whose consumer'),
  subject: text('business key of the message', 'what it was about when its data cannot be read'),
  attempt: number('1 for the first try', 'how often it has failed'),
  delayMs: number('until the next try', 'when to look again'),
  detail: text('why a message was given up', 'what to repair before a replay'),
  exchange: text('where a message could not be put yet', 'which part of the broker is full or gone'),
  connection: text('which connection to the broker', 'publishing and consuming have one each'),
  deadLetter: text('id of a kept dead letter', 'the row of the desk'),
};
const orders = {
  orderId: text('the order', 'one order across all services'),
  version: number('version of the order after the change', 'order of its changes'),
  cause: text('message type, timer or person that moved an order', 'why it moved'),
  paymentId: text('the payment', 'the row of the ledger'),
  attemptId: text('one asking of a provider', 'what the provider knows it by'),
  kind: text('what a provider was asked', 'capture or refund'),
  outcome: text('what came of it', 'declined, unknown, late'),
  shipmentId: text('the shipment', 'what the carrier knows it by'),
  template: text('which letter', 'what a customer was told'),
  channel: text('how the customer is told', 'mail or SMS'),
};
const accounts = {
  userId: text('the account', 'whose rights, whose session'),
  account: text('keyed hash of an e-mail address', 'attacks on one account without its name'),
  sid: text('session', 'which sign-in'),
  by: text('account of who did it', 'rights are given by a person'),
  roles: list('roles after the change', 'what the account may do now'),
  disabled: flag('whether the account is disabled', 'who was shut out'),
  ended: number('sessions that ended', 'that signing out worked'),
  kid: text('signing key', 'which tokens are signed with it'),
  signsFrom: text('when a key starts to sign', 'rotation goes as planned'),
};
const running = {
  err: object('type, code, message, stack and causes of an error', 'what went wrong'),
  reason: text('why something waits or is not possible', 'without the noise of a stack'),
  from: text('state before', 'what changed'),
  to: text('state after', 'what it is now'),
  source: text('whose outbox', 'which relay'),
  schema: text('database schema', 'which database'),
  migrations: list('names of the migrations that ran', 'what changed in the schema'),
  part: text('what did not close', 'what kept a stop'),
  signal: text('what stopped the process', 'stopped or killed'),
};

/** Every field of a log line. A line with another field does not compile. */
export const logFields = {
  ...everyLine,
  ...requests,
  ...messages,
  ...orders,
  ...accounts,
  ...running,
} as const satisfies Record<string, FieldDefinition>;
export type LogField = keyof typeof logFields;
