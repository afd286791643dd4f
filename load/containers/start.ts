import { purchase } from '@shopstack/acceptance/purchase';
import { compose, docker, parts, shopUrl } from './engine.ts';
import { columns, type Step, secondsSince } from './proof.ts';

const MOST_SECONDS = 90;
const MOST_MEGABYTES = 1536;
const WITHIN_MS = 30_000;

/** From nothing, without volumes, to an order that the shop has accepted. */
export const startShop: Step = async ({ say, promise }) => {
  await compose(['down', '--volumes', '--remove-orphans']);
  const began = performance.now();
  await compose(['up', '--wait']);
  say(`docker compose up --wait: ${secondsSince(began)} s`);
  let accepted = '';
  await purchase({
    url: shopUrl,
    withinMs: WITHIN_MS,
    onStep: ({ what }) => {
      if (what === 'the order is placed') accepted = secondsSince(began);
    },
  });
  promise(
    `from nothing to an accepted purchase in ${MOST_SECONDS} s: ${accepted} s`,
    Number(accepted) <= MOST_SECONDS,
  );
};

/** What the engine says that all containers of the core use. */
export const measureMemory: Step = async ({ say, promise }) => {
  const running = await parts('running');
  const format = '{{.Name}} {{.MemUsage}}';
  const lines = await docker(['stats', '--no-stream', '--format', format, ...running.map(({ id }) => id)]);
  const used = lines.split('\n').map((line) => {
    const [name = '', usage = ''] = line.split(' ');
    return { service: running.find((it) => it.name === name)?.service ?? name, megabytes: readMiB(usage) };
  });
  const sum = used.reduce((total, { megabytes }) => total + megabytes, 0);
  const rows = used.sort((a, b) => b.megabytes - a.megabytes);
  for (const line of columns(rows.map((it) => [it.service, `${it.megabytes.toFixed(0)} MiB`]))) say(line);
  promise(`the core takes at most ${MOST_MEGABYTES} MiB: ${sum.toFixed(0)} MiB`, sum <= MOST_MEGABYTES);
};

function readMiB(usage: string): number {
  const [, amount = '0', unit = ''] = /^([\d.]+)(\w+)/.exec(usage) ?? [];
  const inMiB: Readonly<Record<string, number>> = { B: 1 / 1024 ** 2, KiB: 1 / 1024, MiB: 1, GiB: 1024 };
  return Number(amount) * (inMiB[unit] ?? Number.NaN);
}
