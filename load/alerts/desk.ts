import { createShopper } from '@shopstack/acceptance/shopper';
import { DeadLetterView } from '@shopstack/contracts/operations-desk';
import { page } from '@shopstack/contracts/primitives';
import { sampleAccounts } from '@shopstack/stack/accounts';
import type { Shop } from '@shopstack/stack/shop';

const Letters = page(DeadLetterView);
const reason = 'the proof of the alerts has planted it';

/** What support does at the desk: every open dead letter of this queue is discarded. */
export async function discardLetters(shop: Shop, queue: string): Promise<void> {
  const account = sampleAccounts(shop.surroundings.secrets).find(({ roles }) => roles.includes('support'));
  if (!account) throw new Error('there is no sample account for support');
  const desk = createShopper(shop.url);
  await desk.signIn(account.email, account.password);
  const { body } = await desk.ask(
    'GET',
    `/dispatch/dead-letters?${new URLSearchParams({ state: 'dead', queue })}`,
  );
  for (const { id } of Letters.parse(body).items) {
    const reply = await desk.ask('DELETE', `/dispatch/dead-letters/${id}?${new URLSearchParams({ reason })}`);
    if (reply.status !== 200) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
  }
}
