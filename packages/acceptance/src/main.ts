// npm run acceptance -- --url http://localhost:8080: buys one thing in a running shop and says whether all went well.
import { parseArgs } from 'node:util';
import { purchase, Refusal } from './purchase.ts';

const usage =
  'npm run acceptance -- --url <the shop> [--within <seconds per step>] [--token <payment token>]';

function readOptions() {
  const options = {
    url: { type: 'string', default: process.env.SHOP_URL ?? 'http://localhost:8080' },
    within: { type: 'string', default: '20' },
    token: { type: 'string', default: 'sim_ok' },
  } as const;
  try {
    const { values } = parseArgs({ options });
    const seconds = Number(values.within);
    if (!URL.canParse(values.url) || !(seconds > 0)) return undefined;
    return { url: values.url.replace(/\/$/, ''), withinMs: seconds * 1000, paymentToken: values.token };
  } catch {
    return undefined;
  }
}

const options = readOptions();
if (!options) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const began = performance.now();
  try {
    const onStep = ({ what, ms }: { what: string; ms: number }) =>
      console.log(`✓ ${what} ${`${ms} ms`.padStart(50 - what.length)}`);
    const { orderId } = await purchase({ ...options, onStep });
    console.log(`The purchase went well: order ${orderId}, ${Math.round(performance.now() - began)} ms.`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(`✗ ${error.message}`);
    process.exitCode = 1;
  }
}
