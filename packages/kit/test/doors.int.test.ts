import { Worker } from 'node:worker_threads';
import { expect, test } from '@jest/globals';
import express from 'express';
import { createLife } from '../src/life.ts';
import { createLogger } from '../src/log.ts';
import { listen } from '../src/service.ts';

const PEOPLE = 16;
/** In a thread of its own: they come while the service's loop stands still, and have come when the flag is set. */
const crowd = `
  const { connect } = require('node:net');
  const { port, people, flag } = require('node:worker_threads').workerData;
  let come = 0;
  for (let number = 0; number < people; number += 1) {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('GET / HTTP/1.1\\r\\nhost: shop\\r\\nconnection: close\\r\\n\\r\\n');
      come += 1;
      if (come === people) Atomics.notify(flag, 0, Atomics.store(flag, 0, 1));
    });
    socket.resume();
  }
`;

test('a crowd is let in by several doors, not one person per turn of the loop', async () => {
  let [served, turns] = [0, 0];
  const all = Promise.withResolvers<void>();
  const app = express().get('/', (_req, res) => {
    res.end();
    served += 1;
    if (served === PEOPLE) all.resolve();
  });
  const { life, close } = createLife(createLogger({ service: 'test', level: 'silent' }));
  const port = await listen(life, app, { PORT: 0, BIND_ADDRESS: '127.0.0.1', DRAIN_SECONDS: 0 });
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(crowd, { eval: true, workerData: { port, people: PEOPLE, flag } });
  await new Promise((resolve) => worker.once('online', resolve));
  Atomics.wait(flag, 0, 0, 5000);
  const count = (): void => {
    turns += 1;
    if (served < PEOPLE) setImmediate(count);
  };
  setImmediate(count);
  await all.promise;
  expect(turns).toBeLessThan(PEOPLE);
  await close(2000);
  await worker.terminate();
});
