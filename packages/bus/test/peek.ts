import { connect, type GetMessage } from 'amqplib';

/** What lies in a queue, taken out of it. */
export async function takeAll(url: string, queue: string): Promise<GetMessage[]> {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  const taken: GetMessage[] = [];
  for (
    let next = await channel.get(queue, { noAck: true });
    next;
    next = await channel.get(queue, { noAck: true })
  ) {
    taken.push(next);
  }
  await connection.close();
  return taken;
}

export async function countIn(url: string, queue: string): Promise<number> {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  const { messageCount } = await channel.checkQueue(queue);
  await connection.close();
  return messageCount;
}
