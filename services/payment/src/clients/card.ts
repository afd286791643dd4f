import { ask } from './asking-cards.ts';
import type { Method, Provider } from './provider.ts';
import type { CardProvider } from './simulator.ts';

/** The simulator's tokens stand for cards. */
const method: Method = {
  id: 'card',
  kind: 'card',
  name: 'Card',
  provider: 'simulator',
  testTokens: [
    { token: 'sim_ok', effect: 'is accepted' },
    { token: 'sim_insufficient_funds', effect: 'has not enough money on it: another card is asked for' },
    { token: 'sim_declined', effect: 'is declined for good' },
    { token: 'sim_action_required', effect: 'asks you to confirm the payment' },
    { token: 'sim_timeout_after_commit', effect: 'is accepted, but the answer is lost' },
    { token: 'sim_late_webhook', effect: 'is accepted some seconds later' },
    { token: 'sim_capture_fails', effect: 'is accepted, but the money cannot be taken' },
  ],
};

export const createCards = (client: CardProvider): Provider => ({
  method,
  isOffered: () => true,
  mayBeToken: () => true,
  ask: (payment, attempt) => ask(client, payment, attempt),
  close: client.close,
});
