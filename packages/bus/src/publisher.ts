import type { Logger } from '@shopstack/kit/log';
import type { ChannelModel, ConfirmChannel, Message, Options } from 'amqplib';
import { BusAway, NotConfirmed, Unroutable } from './errors.ts';
import type { LinkState } from './link.ts';
import * as measures from './measures.ts';

export interface Packet {
  exchange: string;
  routingKey: string;
  content: Buffer;
  properties: Options.Publish;
}
export interface Publisher {
  /** Opens the confirm channel; part of the link's setup. */
  attach(model: ChannelModel): Promise<void>;
  /**
   * Resolves when the broker has the message on disk and in a queue. Rejects with BusAway (not sent), Unroutable, or
   * NotConfirmed (may have arrived): after the last one, send it again with the same id.
   */
  publish(packet: Packet): Promise<void>;
  pending(): number;
}

interface Pending {
  returned: string | undefined;
}

export function createPublisher(options: {
  state: () => LinkState;
  confirmWithinMs: number;
  log: Logger;
}): Publisher {
  const waiting = new Map<string, Set<Pending>>();
  let channel: ConfirmChannel | undefined;

  const attach = async (model: ChannelModel): Promise<void> => {
    const opened = await model.createConfirmChannel();
    opened.on('error', (error) => options.log.warn({ reason: error.message }, 'publishing channel failed'));
    opened.on('return', (message) => markReturned(waiting, message));
    opened.on('close', () => {
      if (channel === opened) channel = undefined;
      if (options.state() === 'up') void attach(model).catch(() => undefined);
    });
    channel = opened;
  };

  const send = (packet: Packet, open: ConfirmChannel): Promise<void> =>
    new Promise((resolve, reject) => {
      const entry: Pending = { returned: undefined };
      const id = packet.properties.messageId ?? '';
      const forget = remember(waiting, id, entry);
      const settle = (error?: Error) => {
        clearTimeout(timer);
        forget();
        if (error) reject(error);
        else if (entry.returned === undefined) resolve();
        else
          reject(
            new Unroutable(`no queue for "${packet.routingKey}" on ${packet.exchange}: ${entry.returned}`),
          );
      };
      const timer = setTimeout(
        () => settle(new NotConfirmed(`no confirm within ${options.confirmWithinMs} ms`)),
        options.confirmWithinMs,
      );
      const properties = { ...packet.properties, persistent: true, mandatory: true };
      try {
        open.publish(packet.exchange, packet.routingKey, packet.content, properties, (error: unknown) =>
          settle(error ? new NotConfirmed('refused by the broker', { cause: error }) : undefined),
        );
      } catch (error) {
        settle(new BusAway('the connection is closing', { cause: error }));
      }
    });

  return {
    attach,
    pending: () => [...waiting.values()].reduce((sum, entries) => sum + entries.size, 0),
    publish: async (packet) => {
      const type = packet.properties.type ?? 'unknown';
      try {
        if (options.state() !== 'up' || !channel) throw new BusAway(`the broker is ${options.state()}`);
        await send(packet, channel);
        measures.published.inc({ type, result: 'confirmed' });
      } catch (error) {
        measures.published.inc({ type, result: resultOf(error) });
        throw error;
      }
    },
  };
}

function resultOf(error: unknown): 'unroutable' | 'away' | 'refused' {
  if (error instanceof Unroutable) return 'unroutable';
  return error instanceof BusAway ? 'away' : 'refused';
}

function remember(waiting: Map<string, Set<Pending>>, id: string, entry: Pending): () => void {
  const entries = waiting.get(id) ?? new Set();
  waiting.set(id, entries.add(entry));
  return () => {
    entries.delete(entry);
    if (entries.size === 0 && waiting.get(id) === entries) waiting.delete(id);
  };
}

/** The broker sends a return before the confirm of the same message. */
function markReturned(waiting: Map<string, Set<Pending>>, message: Message): void {
  const reason = 'replyText' in message.fields ? String(message.fields.replyText) : 'returned';
  for (const entry of waiting.get(String(message.properties.messageId)) ?? []) entry.returned = reason;
}
