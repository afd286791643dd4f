import { serviceNames } from '@shopstack/stack/services';
import { failpoints } from '../planting/failpoints.ts';

/** One way in which things go wrong. */
export interface FaultKind {
  /** In a few words, for the report. */
  readonly title: string;
  /** How it is done, for the table in the README. */
  readonly how: string;
  /** What it can be done to; one is drawn. */
  readonly targets: readonly string[];
  /** How long it lasts, in ms; both ends included. */
  readonly lastsMs: readonly [number, number];
  /** How long its target is left alone afterwards. */
  readonly restsMs: number;
  /** What must not be hit by two faults at once. */
  readonly hits: (target: string) => string;
  /** How often it is drawn beside the others. */
  readonly weight: number;
  /** Only in campaigns long enough for it. */
  readonly longOnly?: true;
  /** Only when it is asked for by name. */
  readonly onRequest?: true;
}

const stores = ['redis', 'mariadb', 'mongo', 'rabbitmq'] as const;
/** Who speaks to which store, as the services' own environment says. */
const storeLinks = [
  ...['user', 'catalogue'].map((name) => `${name}-mongo`),
  ...['user', 'cart'].map((name) => `${name}-redis`),
  ...['payment', 'shipping', 'ratings', 'dispatch'].map((name) => `${name}-mariadb`),
  ...serviceNames.map((name) => `${name}-rabbitmq`),
];
const otherLinks = [
  'payment-card',
  'payment-mpesa',
  'shipping-carrier',
  'card-payment',
  'carrier-shipping',
  'dispatch-cart',
  'dispatch-catalogue',
  'dispatch-shipping',
  'cart-catalogue',
  'shipping-catalogue',
];
/** Every connection that goes through a proxy of the campaign: `<from>-<to>`. */
export const linkNames: readonly string[] = [...storeLinks, ...otherLinks];

const queues = [
  'catalogue.commands',
  'payment.commands',
  'shipping.commands',
  'dispatch.replies',
  'user.orders',
  'cart.events',
] as const;

const itself = (target: string) => target;
const always = (what: string) => () => what;
const kind = <K extends FaultKind>(it: K): FaultKind => it;

const providerFault = (title: string, how: string): FaultKind => ({
  title,
  how,
  targets: ['card'],
  lastsMs: [3000, 5000],
  restsMs: 500,
  hits: always('simulators'),
  weight: 1,
});

const table = {
  'kill-service': kind({
    title: 'a service is killed',
    how: "SIGKILL; the launcher's supervisor starts it again",
    targets: serviceNames,
    lastsMs: [0, 0],
    restsMs: 4000,
    hits: itself,
    weight: 7,
  }),
  'kill-store': kind({
    title: 'a store or the broker is killed',
    how: 'SIGKILL; it starts again on the same files',
    targets: stores,
    lastsMs: [0, 0],
    restsMs: 7000,
    hits: itself,
    weight: 4,
  }),
  'kill-provider': kind({
    title: 'card provider, carrier and mail server are killed',
    how: 'SIGKILL of the simulators; their ledger is on disk',
    targets: ['simulators'],
    lastsMs: [0, 0],
    restsMs: 4000,
    hits: itself,
    weight: 1,
  }),
  'restart-service': kind({
    title: 'a service is restarted',
    how: 'SIGTERM, and started again',
    targets: serviceNames,
    lastsMs: [0, 0],
    restsMs: 4000,
    hits: itself,
    weight: 1,
  }),
  freeze: kind({
    title: 'a process stands still',
    how: 'SIGSTOP, later SIGCONT: connections stay open and nobody answers',
    targets: [...serviceNames, 'redis', 'mongo', 'rabbitmq'],
    lastsMs: [2000, 6000],
    restsMs: 2000,
    hits: itself,
    weight: 3,
  }),
  'stall-mysql': kind({
    title: 'MySQL stalls for 5 s',
    how: 'SIGSTOP of mariadbd',
    targets: ['mariadb'],
    lastsMs: [5000, 5000],
    restsMs: 2000,
    hits: itself,
    weight: 1,
  }),
  partition: kind({
    title: 'a partition of 10 s',
    how: 'the proxy between the two takes bytes and passes none on',
    targets: linkNames,
    lastsMs: [10_000, 10_000],
    restsMs: 1000,
    hits: itself,
    weight: 4,
  }),
  'long-partition': kind({
    title: 'a partition of 30 s',
    how: 'the same, longer than any timeout',
    targets: linkNames,
    lastsMs: [30_000, 30_000],
    restsMs: 1000,
    hits: itself,
    weight: 2,
    longOnly: true,
  }),
  'one-way': kind({
    title: 'answers are lost',
    how: 'the proxy passes requests on and swallows what comes back',
    targets: linkNames,
    lastsMs: [4000, 8000],
    restsMs: 1000,
    hits: itself,
    weight: 3,
  }),
  'cut-connections': kind({
    title: 'connections are torn',
    how: 'the proxy resets every connection, and each new one',
    targets: linkNames,
    lastsMs: [1000, 4000],
    restsMs: 1000,
    hits: itself,
    weight: 2,
  }),
  'slow-network': kind({
    title: 'the network is slow',
    how: 'the proxy holds every packet back',
    targets: linkNames,
    lastsMs: [5000, 9000],
    restsMs: 500,
    hits: itself,
    weight: 2,
  }),
  failpoint: kind({
    title: 'a service dies between two effects',
    how: 'a planted failpoint: the process kills itself the next time it gets there',
    targets: failpoints.flatMap(({ services, name }) => services.map((service) => `${service}.${name}`)),
    lastsMs: [4000, 6000],
    restsMs: 4000,
    hits: (target) => target.split('.')[0] ?? target,
    weight: 6,
  }),
  'duplicate-messages': kind({
    title: 'every message comes twice',
    how: 'a queue of ours hears the exchange; each message is published again, half of them at once, half in the end',
    targets: ['shop.commands', 'shop.events'],
    lastsMs: [4000, 8000],
    restsMs: 0,
    hits: always('rabbitmq'),
    weight: 2,
  }),
  'late-messages': kind({
    title: 'messages are late',
    how: 'a consumer of ours takes a share of the queue and puts it back at the end',
    targets: queues,
    lastsMs: [3000, 7000],
    restsMs: 0,
    hits: always('rabbitmq'),
    weight: 2,
  }),
  'reordered-messages': kind({
    title: 'messages come in another order',
    how: 'the same, put back last first',
    targets: queues,
    lastsMs: [2000, 4000],
    restsMs: 0,
    hits: always('rabbitmq'),
    weight: 2,
  }),
  'poison-message': kind({
    title: 'a message that nobody can read',
    how: 'bytes that are no JSON, straight to a queue; a dead letter that the audit is told of',
    targets: queues,
    lastsMs: [0, 0],
    restsMs: 0,
    hits: always('rabbitmq'),
    weight: 1,
  }),
  'unknown-version': kind({
    title: 'a message of a version that is not known yet',
    how: 'a command of version 99; a dead letter that the audit is told of',
    targets: ['payment.capture.v99', 'stock.reserve.v99', 'shipment.hold.v99'],
    lastsMs: [0, 0],
    restsMs: 0,
    hits: always('rabbitmq'),
    weight: 1,
  }),
  'unroutable-message': kind({
    title: 'a message that no queue wants',
    how: 'an event of an unknown name; it ends in shop.unrouted',
    targets: ['shop.events', 'shop.commands'],
    lastsMs: [0, 0],
    restsMs: 0,
    hits: always('rabbitmq'),
    weight: 1,
  }),
  'broker-alarm': kind({
    title: 'the broker raises its memory or disk alarm',
    how: 'rabbitmqctl sets the limit so that it is passed: publishers are blocked',
    targets: ['memory', 'disk'],
    lastsMs: [3000, 5000],
    restsMs: 1000,
    hits: always('rabbitmq'),
    weight: 1,
  }),
  'provider-timeout': kind(
    providerFault('the provider commits and never answers', 'the next calls to the card simulator hang'),
  ),
  'provider-silent': kind({
    ...providerFault(
      'the provider commits and nobody hears of it',
      'all calls to the card simulator hang, and no webhook comes',
    ),
    onRequest: true,
  }),
  'refund-silent': kind({
    ...providerFault(
      'the provider gives money back and never answers',
      'all refunds at the card simulator are made and hang',
    ),
    onRequest: true,
  }),
  'provider-drop': kind(
    providerFault(
      'the provider hangs up',
      'the connection is torn before the commit and after it, alternately',
    ),
  ),
  'provider-errors': kind(
    providerFault('the provider answers 500', 'before the commit and after it, alternately'),
  ),
  'provider-slow': kind(providerFault('the provider is slow', 'answers take 3 s and webhooks 6 s')),
  'webhook-never': kind(providerFault('no webhook comes', 'the card simulator sends none')),
  'webhook-duplicate': kind(
    providerFault('webhooks come twice', 'the card simulator sends every event, each twice'),
  ),
  'webhook-reorder': kind(
    providerFault('webhooks come in another order', 'the card simulator sends every event, later ones first'),
  ),
  'webhook-forged': kind({
    ...providerFault('a forged webhook', 'a wrong signature, and an old one: both must be refused'),
    lastsMs: [0, 0],
  }),
  'carrier-pause': kind({
    ...providerFault('the carrier reports nothing', 'the carrier simulator is paused'),
    targets: ['carrier'],
    hits: always('simulators'),
  }),
  'damaged-redis': kind({
    title: "Redis' file is damaged",
    how: 'SIGKILL, the last bytes of the append-only file cut off: it must start, and say so; I10 is left out',
    targets: ['redis'],
    lastsMs: [0, 0],
    restsMs: 7000,
    hits: itself,
    weight: 1,
    onRequest: true,
  }),
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof table;
export const faultKinds: Readonly<Record<FaultName, FaultKind>> = table;
export const isFaultName = (name: string): name is FaultName => Object.hasOwn(table, name);
export const faultNames: readonly FaultName[] = Object.keys(table).filter(isFaultName);
