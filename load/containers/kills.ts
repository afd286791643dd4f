import { purchase } from '@shopstack/acceptance/purchase';
import { docker, imageOf, inspect, type Part, parts, shopUrl } from './engine.ts';
import { type Proof, type Step, secondsSince, until } from './proof.ts';

const BACK_WITHIN_MS = 120_000;
const BUYS_WITHIN_MS = 60_000;
const STEP_MS = 20_000;

/** Every part in turn loses its first process; the engine brings it back, and the shop sells. */
export const killEach: Step = async (proof) => {
  for (const part of (await parts('running')).sort((a, b) => a.service.localeCompare(b.service)))
    await killOne(part, proof);
};

async function killOne({ id, service }: Part, { promise }: Proof): Promise<void> {
  const before = await inspect(id, '.State.StartedAt');
  await killFirstProcess(await inspect(id, '.State.Pid'));
  const began = performance.now();
  let [back, sold] = ['', ''];
  try {
    const isBack = async () =>
      (await inspect(id, '.State.StartedAt')) !== before &&
      (await inspect(id, '.State.Health.Status')) === 'healthy';
    await until(isBack, `${service} is not back`, BACK_WITHIN_MS);
    back = secondsSince(began);
    await until(buys, 'no purchase passes', BUYS_WITHIN_MS);
    sold = secondsSince(began);
    promise(`${service}: healthy after ${back} s, a purchase has passed after ${sold} s`, true);
  } catch (error) {
    promise(`${service}: ${error instanceof Error ? error.message : String(error)}`, false);
  }
}

const buys = async (): Promise<boolean> => {
  await purchase({ url: shopUrl, withinMs: STEP_MS });
  return true;
};

/** The engine takes `docker kill` for a wish and does not restart; so a neighbour in the host's processes does it. */
const killFirstProcess = (pid: string): Promise<string> =>
  docker([
    ...['run', '--rm', '--pid', 'host', '--user', '0', '--network', 'none', imageOf('tools')],
    ...['sh', '-c', `kill -9 ${Number(pid)}`],
  ]);
