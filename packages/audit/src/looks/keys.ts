import { concernsOrder, judgeAnswers } from '../promises/keys.ts';
import type { Audit } from '../undertaking.ts';

/** Reads the kept answers of dispatch, which it forgets after two days. */
export async function lookAtKeys({ stores, tally, pageSize, stopAt }: Audit): Promise<void> {
  let after = { scope: '', key: '' };
  let looked = 0;
  for (;;) {
    if (Date.now() > stopAt) return tally.leaveOut('I7', `the time was up after ${looked} keys`);
    const page = await stores.dispatch.answers(after, pageSize);
    const last = page.at(-1);
    if (!last) return;
    after = last;
    looked += page.length;
    const answers = page.filter(concernsOrder);
    const ids = answers.flatMap(({ orderId }) => (orderId === null ? [] : [orderId]));
    tally.add('I7', answers.length, judgeAnswers(answers, await stores.dispatch.existing(ids)));
  }
}
