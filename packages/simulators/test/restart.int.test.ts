import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  caller,
  end,
  freePort,
  keys,
  newFolder,
  optionsFor,
  startProcess,
  startReceiver,
  startWith,
  until,
} from './running-simulators.ts';

const wish = { amountMinor: 700, currency: 'EUR', token: 'sim_ok', reference: 'order-1' };

describe('a restart', () => {
  it('keeps the ledger, the answers, and what is still to be decided and told', async () => {
    const port = await freePort();
    const options = optionsFor(newFolder(), `http://127.0.0.1:${port}`);
    const before = await startWith(options);
    const paid = await before.card('POST', '/v1/payments', { key: 'a', body: wish });
    const late = await before.card('POST', '/v1/payments', {
      key: 'b',
      body: { ...wish, token: 'sim_late_webhook' },
    });
    const parcel = { reference: 'ship-1', method: 'express', destination: { city: 'Ulm' }, weightGrams: 1 };
    await before.carrier('POST', '/shipments', { body: parcel });
    await until(async () => {
      const state = (await before.carrier('GET', '/shipments/ship-1')).body.state;
      return state === 'delivered' ? state : undefined;
    });
    const ledger = await before.card('GET', '/v1/ledger');
    await before.close();

    const receiver = await startReceiver(port);
    const after = await startWith(options);
    expect((await after.card('GET', '/v1/ledger')).body.items.slice(0, 2)).toEqual(
      ledger.body.items.slice(0, 2),
    );
    expect((await after.card('POST', '/v1/payments', { key: 'a', body: wish })).body).toEqual(paid.body);
    const told = (path: string) =>
      receiver.received.filter((it) => it.path === path).map((it) => JSON.parse(it.body));
    const [event] = await until(() => {
      const events = told('/webhooks/simulator');
      return events.length > 0 ? events : undefined;
    });
    expect(event.payment).toMatchObject({ id: late.body.id, status: 'authorised' });
    const steps = await until(() => {
      const events = told('/shipments/ship-1/tracking-events');
      return events.length === 3 ? events : undefined;
    }, 20_000);
    expect(steps.map(({ state }) => state)).toEqual(['dispatched', 'in-transit', 'delivered']);
    await after.close();
    await receiver.close();
  });

  it('does not undo a reset of behaviour, and forgets the ledger only when asked', async () => {
    const shop = await startWith(optionsFor(newFolder(), 'http://127.0.0.1:9'));
    await shop.card('POST', '/v1/payments', { key: 'a', body: wish });
    await shop.control('POST', '/reset', { body: {} });
    expect((await shop.card('GET', '/v1/ledger')).body.items).toHaveLength(1);
    await shop.control('POST', '/reset', { body: { ledger: true } });
    expect((await shop.card('GET', '/v1/ledger')).body.items).toHaveLength(0);
    await shop.close();
  });
});

describe('the process', () => {
  it('killed right after an answer has kept every capture it acknowledged', async () => {
    const options = optionsFor(newFolder(), 'http://127.0.0.1:9');
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      const first = await startProcess(options);
      await first.ready();
      const card = caller(first.ports.card, keys.card);
      const buyers = [1, 2, 3, 4].map(async () => {
        for (;;) {
          const paid = await card('POST', '/v1/payments', { key: randomUUID(), body: wish });
          const captured = await card('POST', `/v1/payments/${paid.body.id}/capture`, { key: randomUUID() });
          if (captured.status === 200) acknowledged.push(paid.body.id);
        }
      });
      const before = acknowledged.length;
      await until(() => (acknowledged.length > before + 10 ? true : undefined));
      const killed = end(first.child, 'SIGKILL');
      await Promise.allSettled(buyers);
      await killed;
    }
    const shop = await startWith(options);
    const { items } = (await shop.card('GET', '/v1/ledger?limit=5000')).body;
    const captured = items.filter(({ kind }) => kind === 'captured');
    const ids = captured.map(({ paymentId }) => paymentId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(acknowledged));
    await shop.close();
  });

  it('ends on SIGTERM though a caller hangs', async () => {
    const it = await startProcess(optionsFor(newFolder(), 'http://127.0.0.1:9'));
    await it.ready();
    const body = { ...wish, token: 'sim_timeout_after_commit' };
    const hanging = caller(it.ports.card, keys.card)('POST', '/v1/payments', { key: 'a', body }).catch(
      () => 'nothing',
    );
    await new Promise((done) => setTimeout(done, 200));
    const start = Date.now();
    expect(await end(it.child, 'SIGTERM')).toBe(0);
    expect(Date.now() - start).toBeLessThan(2_000);
    expect(await hanging).toBe('nothing');
  });

  it.each([
    [{ SHOP_ENV: 'production' }, /SHOP_ENV: simulators never run in production/],
    [{ CARD_KEY: '', MAIL_DIR: '' }, /CARD_KEY.*MAIL_DIR/],
  ])('refuses to start with %o', async (variables, reason) => {
    const { child, output } = await startProcess(optionsFor(newFolder(), 'http://127.0.0.1:9'), variables);
    const code = await until(() => child.exitCode ?? undefined);
    expect([code, output()]).toEqual([1, expect.stringMatching(reason)]);
  });
});
