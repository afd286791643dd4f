// npm run acceptance -- --url http://localhost:8080: buys one thing in a running shop and says whether all went well.
import { type Figures, figuresText } from './figures.ts';
import { readWords, usage, type Words } from './options.ts';
import { purchase, Refusal } from './purchase.ts';
import { buySteadily } from './steady.ts';

const LINE_EVERY = 10;
const FAULTS_SHOWN = 10;

const words = readWords(process.argv.slice(2), process.env);
if (words?.steady) process.exitCode = await buyAllTheTime(words, words.steady);
else if (words) process.exitCode = await buyOnce(words);
else {
  console.error(usage);
  process.exitCode = 2;
}

async function buyOnce({ url, withinMs, paymentToken }: Words): Promise<number> {
  const began = performance.now();
  try {
    const onStep = ({ what, ms }: { what: string; ms: number }) =>
      console.log(`✓ ${what} ${`${ms} ms`.padStart(50 - what.length)}`);
    const { orderId } = await purchase({ url, withinMs, paymentToken, onStep });
    console.log(`The purchase went well: order ${orderId}, ${Math.round(performance.now() - began)} ms.`);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(`✗ ${error.message}`);
    return 1;
  }
}

async function buyAllTheTime(
  { url, withinMs }: Words,
  steady: NonNullable<Words['steady']>,
): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const figures = await buySteadily({
    ...steady,
    ...{ url, withinMs, merchandiser: merchandiser(), signal: stop.signal, onProgress: progressLine() },
  });
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
  console.log(figuresText(figures));
  for (const [fault, times] of [...figures.faults].slice(0, FAULTS_SHOWN))
    console.log(`  ${times} × ${fault}`);
  return figures.failed + figures.broken > 0 || figures.purchases === 0 ? 1 : 0;
}

/** Who fills the shelf; without them the shop sells out. */
function merchandiser() {
  const { MERCHANDISER_EMAIL: email, MERCHANDISER_PASSWORD: password } = process.env;
  return email && password ? { email, password } : undefined;
}

/** On a terminal the same line again and again, elsewhere a line now and then. */
function progressLine(): (figures: Figures) => void {
  let seconds = 0;
  return (figures) => {
    seconds++;
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${figuresText(figures)}`);
    else if (seconds % LINE_EVERY === 0) console.log(figuresText(figures));
  };
}
