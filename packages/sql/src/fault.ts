import { Problem } from '@shopstack/kit/problem';

/** The database cannot be reached or does not answer in time; callers see 503 with Retry-After. */
export class DatabaseAway extends Problem {
  constructor(cause: unknown) {
    super('unavailable', undefined, { retryAfterSeconds: 2, cause });
    this.name = 'DatabaseAway';
    this.message = `the database is away: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

const lossCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'POOL_WAIT_TIMEOUT',
]);
/** Too many connections, server shutdown, killed (MySQL's and MariaDB's number), new connection refused, read-only. */
const lossNumbers = new Set([1040, 1053, 1927, 3168, 1203, 1226, 1836]);
/** Lock wait timeout, deadlock, record changed since the snapshot (MariaDB). */
const conflictNumbers = new Set([1205, 1213, 1020]);

const member = (error: unknown, name: string): unknown =>
  error !== null && typeof error === 'object' ? Reflect.get(error, name) : undefined;

/** True when the database is away, starting, stopping or silent, as opposed to refusing a statement. */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof DatabaseAway) return true;
  const code = member(error, 'code');
  const number = member(error, 'errno');
  if (typeof code === 'string' && lossCodes.has(code)) return true;
  if (typeof number === 'number' && lossNumbers.has(number)) return true;
  return member(error, 'fatal') === true && typeof member(error, 'sqlState') !== 'string';
}

/** True when the same transaction may well succeed if it is run again from its start. */
export const isConflict = (error: unknown): boolean => {
  const number = member(error, 'errno');
  return typeof number === 'number' && conflictNumbers.has(number);
};

/** True when a unique key refused the row; the transaction stays usable. */
export const isDuplicate = (error: unknown): boolean => member(error, 'errno') === 1062;
