import { z } from 'zod';
import type { Database } from './database.ts';
import { openTicking } from './ticking.ts';

export const deliveriesSchema = `
  CREATE TABLE IF NOT EXISTS deliveries (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    lane TEXT NOT NULL,
    url TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    attempts INTEGER NOT NULL DEFAULT 0,
    createdAt INTEGER NOT NULL,
    dueAt INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS deliveries_waiting ON deliveries (lane, sequence) WHERE state = 'waiting';`;

const Delivery = z.object({
  sequence: z.int(),
  url: z.string(),
  body: z.string(),
  attempts: z.int(),
  createdAt: z.int(),
});
type Delivery = z.infer<typeof Delivery>;

export interface NewDelivery {
  /** Deliveries of one lane arrive one after the other. */
  lane: string;
  url: string;
  body: string;
  delayMs?: number;
}

const timeoutMs = 5_000;
const giveUpAfterMs = 3 * 86_400_000;
const backOffMs = (attempts: number) => Math.min(30_000, 250 * 2 ** attempts);

/** POSTs what `add` has stored until it is taken, through restarts. `headersFor` signs the body of each attempt. */
export function openDeliveries(db: Database, headersFor: (body: string) => Record<string, string>) {
  const insert = db.prepare(
    'INSERT INTO deliveries (lane, url, body, createdAt, dueAt) VALUES (:lane, :url, :body, :now, :dueAt)',
  );
  const due = db.prepare(
    `SELECT sequence, url, body, attempts, createdAt FROM deliveries d WHERE state = 'waiting' AND dueAt <= ?
     AND sequence = (SELECT min(sequence) FROM deliveries e WHERE e.lane = d.lane AND e.state = 'waiting')
     ORDER BY dueAt LIMIT 16`,
  );
  const settle = db.prepare('UPDATE deliveries SET state = ?, attempts = attempts + 1 WHERE sequence = ?');
  const postpone = db.prepare('UPDATE deliveries SET dueAt = ?, attempts = attempts + 1 WHERE sequence = ?');
  const waiting = db.prepare("SELECT count(*) AS waiting FROM deliveries WHERE state = 'waiting'");

  const stopping = new AbortController();
  const attempt = async (delivery: Delivery) => {
    const status = await send(delivery, headersFor(delivery.body), stopping.signal);
    if (stopping.signal.aborted && status === 0) return;
    if (status >= 200 && status < 300) settle.run('delivered', delivery.sequence);
    else if (isFinal(status) || Date.now() - delivery.createdAt > giveUpAfterMs)
      settle.run('refused', delivery.sequence);
    else postpone.run(Date.now() + backOffMs(delivery.attempts), delivery.sequence);
  };
  const ticking = openTicking(async () => {
    await Promise.all(z.array(Delivery).parse(due.all(Date.now())).map(attempt));
  }, 50);

  return {
    /** Call inside the transaction of the change that is reported. */
    add({ lane, url, body, delayMs = 0 }: NewDelivery) {
      const now = Date.now();
      insert.run({ lane, url, body, now, dueAt: now + delayMs });
    },
    waiting: () => z.object({ waiting: z.int() }).parse(waiting.get()).waiting,
    forget: () => db.prepare("DELETE FROM deliveries WHERE state = 'waiting'").run(),
    close() {
      stopping.abort();
      return ticking.close();
    },
  };
}

/** The receiver understood and does not want it; anything else may be a fault that passes. */
const isFinal = (status: number) => [409, 410, 422].includes(status);

async function send({ url, body }: Delivery, headers: Record<string, string>, stopping: AbortSignal) {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      redirect: 'error',
      signal: AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)]),
    });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return 0;
  }
}
