import type { Channel, ChannelModel } from 'amqplib';
import { TopologyMismatch } from './errors.ts';
import { type ExchangeSpec, isOwnedBy, isShared, type QueueSpec, type Topology } from './topology.ts';

const NOT_ALLOWED = 403;
const NOT_FOUND = 404;
const DIFFERENT = 406;

/**
 * Makes sure that the broker has the shared exchanges and queues (declaring what is missing, where the user may) and
 * this service's own. Throws TopologyMismatch naming what differs.
 */
export async function declareTopology(
  model: ChannelModel,
  topology: Topology,
  service: string,
): Promise<void> {
  const channels = createChannels(model);
  try {
    for (const exchange of topology.exchanges) await ensureExchange(channels, exchange);
    for (const queue of topology.queues) {
      if (isShared(queue.name)) await ensureSharedQueue(channels, queue);
      else if (isOwnedBy(service, queue.name)) await declareQueue(channels, queue);
    }
  } finally {
    await channels.close();
  }
}

/** Those of these queues that the broker does not have. */
export async function absentQueues(model: ChannelModel, names: readonly string[]): Promise<string[]> {
  const channels = createChannels(model);
  const absent: string[] = [];
  try {
    for (const name of names) {
      if (!(await exists(() => channels.run((channel) => channel.checkQueue(name))))) absent.push(name);
    }
  } finally {
    await channels.close();
  }
  return absent;
}

/** The broker closes a channel on every refusal, so each step takes the current one. */
function createChannels(model: ChannelModel) {
  let current: Channel | undefined;
  return {
    run: async <T>(step: (channel: Channel) => Promise<T>): Promise<T> => {
      if (!current) {
        const opened = await model.createChannel();
        opened.on('error', () => undefined);
        opened.on('close', () => {
          if (current === opened) current = undefined;
        });
        current = opened;
      }
      return step(current);
    },
    close: async () => {
      await current?.close();
    },
  };
}
type Channels = ReturnType<typeof createChannels>;

const codeOf = (error: unknown): unknown =>
  error !== null && typeof error === 'object' && 'code' in error ? error.code : undefined;

/** Resolves false when the thing does not exist. */
async function exists(check: () => Promise<unknown>): Promise<boolean> {
  try {
    await check();
    return true;
  } catch (error) {
    if (codeOf(error) === NOT_FOUND) return false;
    throw error;
  }
}

async function declaring(name: string, declare: () => Promise<unknown>): Promise<void> {
  try {
    await declare();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (codeOf(error) === DIFFERENT) {
      const difference = /PRECONDITION_FAILED - ([^"]*)/.exec(said)?.[1] ?? said;
      throw new TopologyMismatch(`the broker has another "${name}": ${difference.trim()}`, { cause: error });
    }
    if (codeOf(error) === NOT_ALLOWED) {
      throw new TopologyMismatch(
        `the broker lacks "${name}" and this user may not declare it: load the definitions`,
        { cause: error },
      );
    }
    throw error;
  }
}

async function ensureExchange(channels: Channels, spec: ExchangeSpec): Promise<void> {
  if (await exists(() => channels.run((channel) => channel.checkExchange(spec.name)))) return;
  await declaring(spec.name, () =>
    channels.run((channel) =>
      channel.assertExchange(spec.name, spec.type, { durable: true, arguments: spec.arguments }),
    ),
  );
}

async function ensureSharedQueue(channels: Channels, spec: QueueSpec): Promise<void> {
  if (!(await exists(() => channels.run((channel) => channel.checkQueue(spec.name))))) {
    await declareQueue(channels, spec);
  }
}

async function declareQueue(channels: Channels, spec: QueueSpec): Promise<void> {
  await declaring(spec.name, () =>
    channels.run((channel) => channel.assertQueue(spec.name, { durable: true, arguments: spec.arguments })),
  );
  for (const { exchange, routingKey } of spec.bindings) {
    await declaring(spec.name, () =>
      channels.run((channel) => channel.bindQueue(spec.name, exchange, routingKey)),
    );
  }
}
