import { mpesaAccess } from './mpesa-access.ts';
import { redisAccess } from './redis-access.ts';
import { amqpUrl, mongoUrl, mysqlUrl, type ServerName } from './server-urls.ts';
import { passedOnSettings, type Surroundings, tracing } from './surroundings.ts';

export const serviceNames = [
  'user',
  'catalogue',
  'cart',
  'payment',
  'shipping',
  'ratings',
  'dispatch',
] as const;
export type ServiceName = (typeof serviceNames)[number];

export interface Service {
  /** The servers that must answer before it is started. */
  stores: readonly ServerName[];
  /** What it reads besides the variables that every service has. */
  own: (at: Surroundings) => Record<string, string>;
}

const mysql = (name: ServiceName, at: Surroundings) => mysqlUrl(name, at.ports, at.secrets, at.outside);
const host = (name: ServiceName, at: Surroundings) => `127.0.0.1:${at.ports(name)}`;

/** Every service: what it needs and what it is told. */
export const services: Readonly<Record<ServiceName, Service>> = {
  user: {
    stores: ['mongo', 'redis'],
    own: (at) => ({
      MONGO_URL: mongoUrl('user', at.ports, at.secrets, at.outside),
      ...redisAccess('user', at),
      JWT_KEK: at.secrets.key('jwt.kek'),
    }),
  },
  catalogue: {
    stores: ['mongo'],
    own: (at) => ({ MONGO_URL: mongoUrl('catalogue', at.ports, at.secrets, at.outside) }),
  },
  cart: {
    stores: ['redis'],
    own: (at) => ({ ...redisAccess('cart', at), CATALOGUE_HOST: host('catalogue', at) }),
  },
  payment: {
    stores: ['mariadb'],
    own: (at) => ({
      MYSQL_URL: mysql('payment', at),
      PAYMENT_PROVIDERS: at.outside.PAYMENT_PROVIDERS ?? 'simulator,mpesa',
      SIMULATOR_CARD_URL: `http://127.0.0.1:${at.ports('card')}`,
      SIMULATOR_CARD_KEY: at.secrets.password('simulators.card'),
      SIMULATOR_CARD_WEBHOOK_SECRET: at.secrets.password('simulators.card.webhook'),
      ...mpesaAccess(at),
    }),
  },
  shipping: {
    stores: ['mariadb'],
    own: (at) => ({
      MYSQL_URL: mysql('shipping', at),
      CATALOGUE_HOST: host('catalogue', at),
      CARRIER_URL: `http://127.0.0.1:${at.ports('carrier')}`,
      CARRIER_KEY: at.secrets.password('simulators.carrier'),
      CARRIER_TOKEN: at.secrets.password('simulators.carrier.callback'),
    }),
  },
  ratings: {
    stores: ['mariadb'],
    own: (at) => ({ MYSQL_URL: mysql('ratings', at) }),
  },
  dispatch: {
    stores: ['mariadb'],
    own: (at) => ({
      MYSQL_URL: mysql('dispatch', at),
      CART_HOST: host('cart', at),
      CATALOGUE_HOST: host('catalogue', at),
      SHIPPING_HOST: host('shipping', at),
      PAYMENT_HOST: host('payment', at),
      FOLLOW_TOKEN_SECRET: at.secrets.key('dispatch.follow-token'),
      SMTP_URL: `smtp://127.0.0.1:${at.ports('smtp')}`,
      MAIL_FROM: 'ShopStack <orders@shopstack.example>',
      PAYMENT_RETRY_WINDOW_SECONDS: '90',
    }),
  },
};

/** The whole environment of a service: settings passed on, common variables, its own. Later ones win. */
export function serviceEnvironment(name: ServiceName, at: Surroundings): Record<string, string> {
  return {
    LOG_LEVEL: 'info',
    ...tracing(at),
    ...passedOnSettings(at.outside),
    SHOP_ENV: 'development',
    PORT: String(at.ports(name)),
    BIND_ADDRESS: '127.0.0.1',
    PUBLIC_URL: `http://localhost:${at.gatewayPort}`,
    PUBLIC_PATH: `/api/v1/${name}`,
    USER_HOST: host('user', at),
    AMQP_URL: amqpUrl(name, at.ports, at.secrets, at.outside),
    SHOP_CURRENCY: at.outside.SHOP_CURRENCY ?? 'EUR',
    SHOP_COUNTRY: at.outside.SHOP_COUNTRY ?? 'DE',
    MIGRATE_ON_START: 'true',
    ...services[name].own(at),
  };
}
