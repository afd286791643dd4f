import { operation } from '@shopstack/contracts/operation';
import { anyone } from '@shopstack/contracts/roles';
import { z } from 'zod';
import { createServiceApp, ok } from '../../src/api.ts';
import { loadConfig, mysqlEnvironment, serviceEnvironment } from '../../src/config.ts';
import { createHealth } from '../../src/health.ts';
import { listen, runService } from '../../src/service.ts';
import { createVerifier } from '../../src/token.ts';

const slow = operation({
  id: 'slow',
  method: 'get',
  path: '/slow',
  summary: 'Takes a while',
  policy: anyone,
  query: z.strictObject({ ms: z.coerce.number() }),
  answers: { 200: z.object({ done: z.boolean() }) },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

/** A service that goes wrong as `FAULT` says. */
await runService('slow', async (life, log) => {
  const { FAULT, PORT, DRAIN_SECONDS } = loadConfig(
    {
      PORT: serviceEnvironment.PORT,
      FAULT: z.string().default(''),
      DRAIN_SECONDS: z.coerce.number().default(0),
      ...(process.env.FAULT === 'config' ? mysqlEnvironment : {}),
    },
    process.env,
  );
  life.opened('store', 'store', (name) => say(`closed ${name}`));
  if (FAULT === 'start') throw new Error('mysql://shop:hunter2@db refused us');
  if (FAULT === 'never-starts') {
    say('starting');
    await new Promise(() => setInterval(() => undefined, 1000));
  }
  if (FAULT === 'hangs') life.opened('hanging', 'hanging', () => new Promise(() => undefined));
  if (FAULT === 'rejection') setTimeout(() => void Promise.reject(new Error('nobody caught me')), 50);
  if (FAULT === 'exception')
    setTimeout(() => {
      throw new Error('nobody caught me');
    }, 50);
  const app = createServiceApp(
    {
      service: 'slow',
      publicPath: '/api/v1/slow',
      log,
      health: createHealth([], () => life.stopping),
      authorisation: {
        verify: createVerifier({
          issuer: 'http://shop.test',
          keys: { key: async () => undefined, hasEnded: () => false },
        }),
      },
    },
    (api) =>
      api.on(slow, async ({ query }) => {
        say('under way');
        await new Promise((resolve) => setTimeout(resolve, query.ms));
        return ok({ done: true });
      }),
  );
  const port = await listen(life, app, { PORT, BIND_ADDRESS: '127.0.0.1', DRAIN_SECONDS });
  life.opened('last', 'last', (name) => say(`closed ${name}`));
  say(`port ${port}`);
});
