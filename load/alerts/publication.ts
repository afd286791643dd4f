import { randomUUID } from 'node:crypto';
import { adminUrls } from '@shopstack/stack/server-urls';
import type { Shop } from '@shopstack/stack/shop';
import { connect } from 'amqplib';

/** One message as the broker's administrator sends it; resolves when the broker has it. */
export async function publish(
  { surroundings: at }: Shop,
  message: { exchange: string; routingKey: string; content: string },
): Promise<void> {
  const connection = await connect(adminUrls(at.ports, at.secrets, {}).amqp);
  const channel = await connection.createConfirmChannel();
  const content = Buffer.from(message.content);
  channel.publish(message.exchange, message.routingKey, content, {
    messageId: randomUUID(),
    persistent: true,
  });
  await channel.waitForConfirms();
  await connection.close();
}
