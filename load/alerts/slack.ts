import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

/** What Alertmanager sends to Slack's incoming webhook. */
const Body = z.object({
  channel: z.string(),
  attachments: z.tuple([z.object({ title: z.string(), text: z.string(), color: z.string() })]),
});

export interface SlackMessage {
  at: number;
  channel: string;
  title: string;
  text: string;
  colour: string;
}

/** Stands where Slack would: takes messages as it does, and refuses what it would refuse. */
export async function openSlack() {
  const messages: SlackMessage[] = [];
  const refused: string[] = [];
  const take = async (body: unknown): Promise<number> => {
    const { success, data, error } = Body.safeParse(body);
    if (!success) {
      refused.push(error.message);
      return 400;
    }
    const [{ title, text, color }] = data.attachments;
    messages.push({ at: performance.now(), channel: data.channel, title, text, colour: color });
    return 200;
  };
  const server = createServer((req, res) => {
    void json(req)
      .then(take)
      .catch(() => 400)
      .then((status) => res.writeHead(status, { 'content-type': 'text/plain' }).end('ok'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/services/T000/B000/shop`,
    messages,
    refused,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
export type Slack = Awaited<ReturnType<typeof openSlack>>;
