import { always, type FaultKind, kind } from './fault-kind.ts';

const providerFault = (title: string, how: string): FaultKind => ({
  title,
  how,
  targets: ['card'],
  lastsMs: [3000, 5000],
  restsMs: 500,
  hits: always('simulators'),
  weight: 1,
});

/** What card provider and carrier do wrong. */
export const providerFaults = {
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
} as const satisfies Record<string, FaultKind>;
