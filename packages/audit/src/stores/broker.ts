import { createTopology } from '@shopstack/bus/topology';
import { type ChannelModel, connect } from 'amqplib';

/** How many messages wait in every queue of the shop; undefined for one that does not exist. Takes none of them. */
export async function readQueues(url: string): Promise<Map<string, number | undefined>> {
  const connection = await connect(url, { timeout: 5000 });
  connection.on('error', () => undefined);
  try {
    const lengths = new Map<string, number | undefined>();
    for (const { name } of createTopology().queues) lengths.set(name, await lengthOf(connection, name));
    return lengths;
  } finally {
    await connection.close();
  }
}

/** A channel of its own: asking for a queue that does not exist costs the channel. */
async function lengthOf(connection: ChannelModel, queue: string): Promise<number | undefined> {
  const channel = await connection.createChannel();
  channel.on('error', () => undefined);
  try {
    const { messageCount } = await channel.checkQueue(queue);
    await channel.close();
    return messageCount;
  } catch (error) {
    if (Reflect.get(Object(error), 'code') === NOT_FOUND) return undefined;
    throw error;
  }
}
const NOT_FOUND = 404;
