import {
  discardDeadLetter,
  getDeadLetter,
  listDeadLetters,
  replayDeadLetter,
  replayDeadLetters,
} from '@shopstack/contracts/operations-desk';
import { type Api, ok } from '@shopstack/kit/api';
import { decodeCursor, pageOf } from '@shopstack/kit/page';
import type { Principal } from '@shopstack/kit/principal';
import { problem } from '@shopstack/kit/problem';
import { z } from 'zod';
import { bodyText, type DeadLetterRecord } from '../domain/dead-letter.ts';
import { judgeReplay } from '../domain/dead-letter-replay.ts';
import type { DeadLetterStore } from '../store/dead-letters.ts';
import type { Judge, ManyAccepted, Replays } from '../store/replays.ts';

export interface DeadLettersDeps {
  deadLetters: DeadLetterStore;
  replays: Replays;
  /** Queues of the shop that the broker does not have. */
  absentQueues: () => Promise<ReadonlySet<string>>;
  /** Called after replays were accepted. */
  replaysAccepted: () => void;
}

/** What support does with messages that were given up. */
export function deadLetters(api: Api, deps: DeadLettersDeps): void {
  api.on(listDeadLetters, async ({ query }) => {
    const { limit, cursor, ...filter } = query;
    const before = decodeCursor(z.uuid(), cursor);
    const rows = await deps.deadLetters.list({ ...filter, before, limit: limit + 1 });
    return ok(pageOf(rows, limit, (it) => it.id));
  });

  api.on(getDeadLetter, async ({ params }) => {
    const found = await deps.deadLetters.read(params.id);
    if (!found) throw problem('not-found');
    return ok({ ...found.record, body: bodyText(found.content) });
  });

  api.on(discardDeadLetter, async ({ params, query, principal }) =>
    ok(await deps.deadLetters.discard(params.id, { by: whoIs(principal), note: query.reason })),
  );
  replaying(api, deps);
}

function replaying(api: Api, deps: DeadLettersDeps): void {
  const judge = async (): Promise<Judge> => {
    const absent = await deps.absentQueues();
    return (letter, order) => judgeReplay(letter, { absent, order });
  };

  api.on(replayDeadLetter, async ({ params, body, principal, idempotency: ref }) => {
    const asked = { by: whoIs(principal), note: body.note };
    const answer = (record: DeadLetterRecord) => ({ status: 202, body: record });
    const record = await deps.replays.askOne(params.id, asked, await judge(), { ref, answer });
    deps.replaysAccepted();
    return answer(record);
  });

  api.on(replayDeadLetters, async ({ body, principal, idempotency: ref }) => {
    const { queue, type, limit, perSecond, note } = body;
    const wanted = { queue, type, limit, perSecond, note, by: whoIs(principal) };
    const answer = (outcome: ManyAccepted) => ({ status: 202, body: outcome });
    const outcome = await deps.replays.askMany(wanted, await judge(), { ref, answer });
    deps.replaysAccepted();
    return answer(outcome);
  });
}

function whoIs(principal: Principal): string {
  if (principal.kind !== 'user') throw problem('unauthenticated');
  return principal.id;
}
