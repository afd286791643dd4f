import { problem } from '@shopstack/kit/problem';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { type Patience, waitSeconds } from '../domain/waiting.ts';

/** Whose failures are counted together. Names are pseudonyms: nothing personal is kept here. */
export interface Subject {
  kind: 'account' | 'address' | 'device' | 'password';
  name: string;
}
export interface ThrottleLimits {
  registrationsPerHour: number;
  emailTakenPerHour: number;
  patience?: Partial<Record<Subject['kind'], Patience>>;
}

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;
const personal: Patience = { free: 5, firstWaitSeconds: 1, longestWaitSeconds: 900 };
/** Many people may share an address. */
const shared: Patience = { free: 50, firstWaitSeconds: 1, longestWaitSeconds: 900 };
const tooMany = (waitMs: number) =>
  problem('too-many-requests', 'Wait before the next attempt.', {
    retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
  });

/**
 * Counts failed sign-ins and registrations, over all replicas in Redis; while it is away each replica counts for
 * itself.
 */
export function createThrottle(redis: Redis, options: { keyPrefix: string; limits: ThrottleLimits }) {
  const { keyPrefix, limits } = options;
  const limiter = (name: string, points: number, duration: number) => {
    const settings = { keyPrefix: `${keyPrefix}${name}`, points, duration };
    const insuranceLimiter = new RateLimiterMemory(settings);
    const inRedis = { ...settings, storeClient: redis, rejectIfRedisNotReady: true, insuranceLimiter };
    return new RateLimiterRedis(inRedis);
  };
  const failures = limiter('failures', 1_000_000, DAY_SECONDS);
  const turns = limiter('turns', 1, 1);
  const registrations = limiter('registrations', limits.registrationsPerHour, HOUR_SECONDS);
  const taken = limiter('taken', limits.emailTakenPerHour, HOUR_SECONDS);
  const patienceOf = ({ kind }: Subject): Patience =>
    limits.patience?.[kind] ?? (kind === 'address' ? shared : personal);
  const keyOf = ({ kind, name }: Subject) => `${kind}:${name}`;

  /** Counts a failure in advance, so that a hundred guesses at the same moment are a hundred failures. */
  async function begin(subject: Subject): Promise<void> {
    const { consumedPoints } = await failures.penalty(keyOf(subject));
    const customDuration = waitSeconds(consumedPoints, patienceOf(subject));
    if (customDuration === 0) return;
    try {
      await turns.consume(keyOf(subject), 1, { customDuration });
    } catch (error) {
      await withdraw(subject);
      if (error instanceof RateLimiterRes) throw tooMany(error.msBeforeNext);
      throw error;
    }
  }
  const withdraw = (subject: Subject) => failures.reward(keyOf(subject));
  async function settle(subject: Subject): Promise<void> {
    if (subject.kind === 'address') return void (await withdraw(subject));
    await Promise.all([failures.delete(keyOf(subject)), turns.delete(keyOf(subject))]);
  }

  return {
    /**
     * Runs a check of credentials: undefined counts as a failure of every subject, anything else clears them, and a
     * throw counts for nothing. @throws Problem `too-many-requests` when a subject has to wait.
     */
    async guard<T>(
      subjects: readonly Subject[],
      check: () => Promise<T | undefined>,
    ): Promise<T | undefined> {
      const begun: Subject[] = [];
      try {
        for (const subject of subjects) {
          await begin(subject);
          begun.push(subject);
        }
        const result = await check();
        if (result !== undefined) await Promise.all(begun.map(settle));
        return result;
      } catch (error) {
        await Promise.all(begun.map(withdraw));
        throw error;
      }
    },
    /** @throws Problem `too-many-requests`. */
    async registration(address: string): Promise<void> {
      const found = await taken.get(address);
      if (found && found.consumedPoints >= limits.emailTakenPerHour) throw tooMany(found.msBeforeNext);
      await registrations.consume(address).catch((error: unknown) => {
        throw error instanceof RateLimiterRes ? tooMany(error.msBeforeNext) : error;
      });
    },
    /** Asking which e-mail addresses have accounts is what registration must not be good for. */
    async emailTaken(address: string): Promise<void> {
      await taken.penalty(address);
    },
  };
}
export type Throttle = ReturnType<typeof createThrottle>;
