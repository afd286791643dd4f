import { UsageError } from '@shopstack/stack/settings';
import type { LedgerAccess } from './stores/provider-ledgers.ts';

/** Where the stores are, each with an account that may look and change nothing. */
export interface AuditAccess {
  /** One account that may select in the schemas of payment, shipping, ratings and dispatch. */
  mysqlUrl: string;
  /** Reads the databases `catalogue` and `users`. */
  mongoUrl: string;
  /** Reads the keys that begin with `cart:`. */
  redisUrl: string;
  /** Knows the virtual host; needs no right there. */
  amqpUrl: string;
  /** What providers say they did; without any, nothing is compared with them. */
  ledgers: readonly LedgerAccess[];
}

const stores = {
  mysqlUrl: 'AUDIT_MYSQL_URL',
  mongoUrl: 'AUDIT_MONGO_URL',
  redisUrl: 'AUDIT_REDIS_URL',
  amqpUrl: 'AUDIT_AMQP_URL',
} as const;

/** The stores that the environment names, if it names any. @throws UsageError when it names only some. */
export function accessFrom(environment: NodeJS.ProcessEnv): AuditAccess | undefined {
  const named = Object.values(stores).filter((variable) => environment[variable]);
  if (named.length === 0) return undefined;
  const of = (name: keyof typeof stores): string => {
    const url = environment[stores[name]];
    if (!url) throw new UsageError(`${stores[name]} is not set, ${named.join(' and ')} is`);
    return url;
  };
  return {
    mysqlUrl: of('mysqlUrl'),
    mongoUrl: of('mongoUrl'),
    redisUrl: of('redisUrl'),
    amqpUrl: of('amqpUrl'),
    ledgers: (environment.AUDIT_LEDGER_URLS ?? '').split(/\s+/).filter(Boolean).map(ledgerOf),
  };
}

/** `http://card:<key>@host:port` is the ledger of the provider `card`. */
function ledgerOf(text: string): LedgerAccess {
  if (!URL.canParse(text)) throw new UsageError('AUDIT_LEDGER_URLS holds something that is no URL');
  const url = new URL(text);
  const key = decodeURIComponent(url.password);
  const name = decodeURIComponent(url.username) || url.hostname;
  url.username = '';
  url.password = '';
  return { name, url: url.href, key };
}
