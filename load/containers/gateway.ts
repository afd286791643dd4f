import { type AddressInfo, connect, createServer } from 'node:net';
import { pipeline } from 'node:stream';
import { compose, docker, imageOf, inspect, networkOf, parts, project } from './engine.ts';
import { type Proof, secondsSince, until } from './proof.ts';

const READY_WITHIN_MS = 60_000;
const GATEWAY_PORT = 8080;
const nextName = `${project}-next-gateway`;

export interface Door {
  url: string;
  leadTo: (host: string) => void;
  close: () => void;
}

/** Stands where a cluster's Service stands: each new connection goes to the gateway in use, those there are stay. */
export async function openDoor(first: string): Promise<Door> {
  let host = first;
  const server = createServer((client) => {
    const onward = connect(GATEWAY_PORT, host);
    pipeline(client, onward, client, () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    leadTo: (next) => {
      host = next;
    },
    close: () => server.close(),
  };
}

/** The address by which this machine reaches the gateway that `docker compose up` started. */
export const gatewayAddress = async (): Promise<string> => addressOf((await gateway()).id);

/**
 * Another gateway from the image `tag`, then the door leads to it, then the old one ends as it does in a cluster: what is
 * under way is answered. It is not the engine's published port that moves: two containers cannot have one.
 */
export async function rollGateway(door: Door, tag: string, { promise }: Proof): Promise<void> {
  const began = performance.now();
  const old = await gateway();
  await compose(['run', '--detach', '--no-deps', '--name', nextName, 'web'], { env: { TAG: tag } });
  const isReady = async () => (await inspect(nextName, '.State.Health.Status')) === 'healthy';
  await until(isReady, 'the second gateway is not ready', READY_WITHIN_MS);
  door.leadTo(await addressOf(nextName));
  await docker(['stop', old.id]);
  const image = await inspect(nextName, '.Config.Image');
  promise(`web runs ${image} after ${secondsSince(began)} s`, image === imageOf('web', tag));
}

/** Whatever became of the proof, the project has its own gateway again. */
export async function bringGatewayBack(): Promise<void> {
  await docker(['rm', '--force', nextName]);
  await compose(['up', '--detach', '--no-deps', '--no-recreate', 'web']);
}

async function gateway() {
  const found = (await parts('running')).find(({ service, name }) => service === 'web' && name !== nextName);
  if (!found) throw new Error('there is no gateway');
  return found;
}

const addressOf = (id: string): Promise<string> =>
  inspect(id, `(index .NetworkSettings.Networks "${networkOf('outside')}").IPAddress`);
