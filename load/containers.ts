// npm run containers -- [--only images,start,…] [--keep]: what the shop in containers promises, shown on this engine.
import { parseArgs } from 'node:util';
import { keepData } from './containers/data.ts';
import { compose, docker, project, shopUrl } from './containers/engine.ts';
import { buildImages } from './containers/images.ts';
import { killEach } from './containers/kills.ts';
import type { Step } from './containers/proof.ts';
import { rollEach } from './containers/rolling.ts';
import { measureMemory, startShop } from './containers/start.ts';

const steps: Readonly<Record<string, Step>> = {
  images: buildImages,
  start: startShop,
  memory: measureMemory,
  kills: killEach,
  data: keepData,
  rolling: rollEach,
};
const needNothing = ['images', 'start'];
const usage = `npm run containers -- [--only ${Object.keys(steps).join(',')}] [--keep]`;

const wanted = readWanted();
if (!wanted) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = (await run(wanted)) > 0 ? 1 : 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

function readWanted() {
  try {
    const options = { only: { type: 'string' }, keep: { type: 'boolean', default: false } } as const;
    const { values } = parseArgs({ options });
    const names = values.only?.split(',') ?? Object.keys(steps);
    return names.every((name) => name in steps) ? { names, keep: values.keep } : undefined;
  } catch {
    return undefined;
  }
}

/** @returns how many promises were broken */
async function run({ names, keep }: { names: readonly string[]; keep: boolean }): Promise<number> {
  const engine = await docker(['version', '--format', '{{.Server.Version}}']);
  console.log(`Docker ${engine}, project ${project}, ${shopUrl}`);
  let broken = 0;
  const promise = (what: string, holds: boolean) => {
    if (!holds) broken++;
    console.log(`${holds ? '✓' : '✗'} ${what}`);
  };
  const say = (line: string) => console.log(`  ${line}`);
  if (!needNothing.includes(names[0] ?? '')) await compose(['up', '--wait']);
  for (const name of names) {
    console.log(`\n${name}`);
    await steps[name]?.({ say, promise }).catch((error: unknown) =>
      promise(error instanceof Error ? error.message : String(error), false),
    );
  }
  if (keep) say(`it runs on: docker compose --project-name ${project} down --volumes ends it`);
  else await compose(['--profile', '*', 'down', '--volumes', '--remove-orphans']);
  console.log(broken === 0 ? '\nEvery promise holds.' : `\n${broken} promises are broken.`);
  return broken;
}
