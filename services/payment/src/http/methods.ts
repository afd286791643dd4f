import type { PaymentMethod } from '@shopstack/contracts/payment';
import type { z } from 'zod';

/** What can be paid with here. The simulator is a card provider; its tokens stand for cards. */
export const methods: z.infer<typeof PaymentMethod>[] = [
  {
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
  },
];
