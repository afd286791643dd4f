import { setTimeout as sleep } from 'node:timers/promises';
import { figuresText } from '@shopstack/acceptance/figures';
import { buySteadily } from '@shopstack/acceptance/steady';
import { compose, docker, imageOf, inspect, networkOf, type Part, parts, services } from './engine.ts';
import { bringGatewayBack, gatewayAddress, openDoor, rollGateway } from './gateway.ts';
import { type Proof, type Step, secondsSince, until } from './proof.ts';

const PER_SECOND = 30;
/** Each looks eight times; a purchase is a dozen requests here and fifty messages behind. */
const SHOPPERS_PER_SECOND = 4.2;
const BUY_EVERY = 8;
const NEXT = 'next';
const SETTLES_MS = 2000;
const REST_MS = 15_000;
const READY_WITHIN_MS = 120_000;

/** Every service and then the gateway gets another image under load, one after the other, and nobody notices. */
export const rollEach: Step = async (proof) => {
  const { say, promise } = proof;
  for (const service of [...services, 'web']) await makeNextImage(service);
  const door = await openDoor(await gatewayAddress());
  const stop = new AbortController();
  const began = performance.now();
  const load = buySteadily({
    url: door.url,
    rate: SHOPPERS_PER_SECOND,
    buyEvery: BUY_EVERY,
    withinMs: 60_000,
    signal: stop.signal,
  });
  let seconds = 0;
  try {
    await sleep(SETTLES_MS);
    for (const service of services) await rollOne(service, proof);
    await rollGateway(door, NEXT, proof);
    await sleep(SETTLES_MS);
  } finally {
    stop.abort();
    seconds = (performance.now() - began) / 1000;
    await load;
    door.close();
    await bringGatewayBack();
  }
  const figures = await load;
  say(`${seconds.toFixed(0)} s: ${figuresText(figures)}`);
  for (const [fault, times] of figures.faults) say(`  ${times} × ${fault}`);
  const rate = figures.requests / seconds;
  promise(`at least ${PER_SECOND} requests/s all the time: ${rate.toFixed(1)}`, rate >= PER_SECOND);
  promise(`0 requests lost: ${figures.failed}`, figures.failed === 0);
  promise(`every purchase confirmed: ${figures.broken} were not`, figures.broken === 0);
  await audited(proof);
};

/** The same program under another name, so that every container can be seen to be a new one. */
const makeNextImage = (service: string): Promise<string> =>
  docker(['build', '--quiet', '--tag', imageOf(service, NEXT), '-'], {
    input: `FROM ${imageOf(service)}\nLABEL org.opencontainers.image.version=${NEXT}\n`,
  });

/**
 * The new one gets the service's name when it is ready; the gateway is told to ask only it; the old one drains and goes;
 * the gateway asks by the name again, which is the new one's alone by then. A container that ends is known to the gateway
 * for seconds more, and nothing is sent twice: so it must be out of use before.
 */
async function rollOne(service: string, { promise }: Proof): Promise<void> {
  const began = performance.now();
  const old = await containersOf(service);
  const added = await addOne(service, old.length + 1);
  await steer(service, `${added.name}:8080`);
  await sleep(SETTLES_MS);
  for (const { id } of old) {
    await docker(['stop', id]);
    await docker(['rm', id]);
  }
  await steer(service, `${service}:8080`);
  const image = await inspect(added.id, '.Config.Image');
  promise(`${service} runs ${image} after ${secondsSince(began)} s`, image === imageOf(service, NEXT));
}

const containersOf = async (service: string) =>
  (await parts('running')).filter((it) => it.service === service);

/** Nobody asks it by the service's name before it is ready: the engine would let them as soon as it is created. */
async function addOne(service: string, count: number): Promise<Part> {
  const words = ['--no-deps', '--no-build', '--no-recreate', '--scale', `${service}=${count}`];
  await compose(['up', '--no-start', ...words, service], { env: { TAG: NEXT } });
  const added = (await parts('created')).find((it) => it.service === service);
  if (!added) throw new Error(`${service} has no second container`);
  for (const name of ['shop', 'stores']) await rename(added, name);
  await docker(['start', added.id]);
  const isReady = async () => (await inspect(added.id, '.State.Health.Status')) === 'healthy';
  await until(isReady, `the second ${service} is not ready`, READY_WITHIN_MS);
  await rename(added, 'shop', '--alias', service);
  return added;
}

/** Connects it anew, by other names. */
async function rename({ id }: Part, network: string, ...names: string[]): Promise<void> {
  await docker(['network', 'disconnect', networkOf(network), id]);
  await docker(['network', 'connect', ...names, networkOf(network), id]);
}

/** Changes whom the running gateway asks; requests under way end where they are. */
async function steer(service: string, to: string): Promise<void> {
  const [gateway] = await containersOf('web');
  if (!gateway) throw new Error('there is no gateway');
  const edit = `s|"#${service}" "[^"]*"|"#${service}" "${to}"|`;
  const reload = 'nginx -e stderr -c /tmp/nginx.conf -s reload';
  await docker(['exec', gateway.id, 'sh', '-c', `sed -i '${edit}' /tmp/nginx.conf && ${reload}`]);
}

/** After a while in which nothing happens, every store agrees with every other. */
async function audited({ promise }: Proof): Promise<void> {
  await sleep(REST_MS);
  const words = ['run', '--rm', '--no-deps', 'audit', 'node', 'packages/audit/src/main.ts', '--grace', '5'];
  const report = await compose(words).catch((error: unknown) => String(error));
  promise(`audit: ${report.split('\n').at(-1)}`, report.includes('No promise is broken'));
}
