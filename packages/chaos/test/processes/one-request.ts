import type { IdempotencyStore } from '@shopstack/kit/idempotency';
import { answerOnce } from '@shopstack/kit/replay';

const say = (line: string) => process.stdout.write(`${line}\n`);
const store: IdempotencyStore = {
  claim: async ({ scope, key }) => {
    say(`claimed ${key}`);
    return { state: 'started', ref: { scope, key, lease: 'lease' } };
  },
  keep: async () => {
    say('kept');
  },
  release: async () => undefined,
};

await answerOnce(store, { scope: 'scope', key: 'my-key', bodyHash: '', requestId: '' }, async () => {
  say('worked');
  return { status: 201 };
});
