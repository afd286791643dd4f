import type { Config } from '../config.ts';
import { createAttemptTokens } from '../domain/attempt-token.ts';
import { createCards } from './card.ts';
import { createDaraja } from './daraja.ts';
import { createMpesa } from './mpesa.ts';
import { createProviders } from './provider.ts';
import { createCardProvider } from './simulator.ts';

/** The providers that the configuration names, and what their webhooks are checked with. */
export function openProviders({ cards, mpesa, SHOP_ENV }: Pick<Config, 'cards' | 'mpesa' | 'SHOP_ENV'>) {
  const client =
    cards &&
    createCardProvider({
      baseUrl: cards.SIMULATOR_CARD_URL,
      key: cards.SIMULATOR_CARD_KEY,
      webhookSecret: cards.SIMULATOR_CARD_WEBHOOK_SECRET,
    });
  const tokens = mpesa && createAttemptTokens(mpesa.MPESA_CALLBACK_SECRET);
  const phones = mpesa && tokens && openMpesa(mpesa, { tokens, testing: SHOP_ENV !== 'production' });
  const all = [client && createCards(client), phones].filter((it) => it !== undefined);
  return { ...createProviders(all), cards: client, tokens };
}

const openMpesa = (
  it: NonNullable<Config['mpesa']>,
  more: Pick<Parameters<typeof createMpesa>[0], 'tokens' | 'testing'>,
) =>
  createMpesa({
    ...more,
    daraja: createDaraja({
      baseUrl: it.MPESA_URL,
      consumerKey: it.MPESA_CONSUMER_KEY,
      consumerSecret: it.MPESA_CONSUMER_SECRET,
      shortCode: it.MPESA_SHORT_CODE,
      passkey: it.MPESA_PASSKEY,
      initiator: it.MPESA_INITIATOR,
      securityCredential: it.MPESA_SECURITY_CREDENTIAL,
    }),
    callbackUrl: it.MPESA_CALLBACK_URL,
    currency: it.MPESA_CURRENCY,
    confirmMs: it.MPESA_CONFIRM_SECONDS * 1000,
    reverseAgainMs: it.MPESA_REVERSE_AGAIN_SECONDS * 1000,
  });
