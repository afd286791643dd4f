import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type Message, parseMessage } from './message.ts';

export interface Mail extends Message {
  id: string;
  at: string;
}
export type Mailbox = ReturnType<typeof openMailbox>;

const fileName = /^(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d\.\d{3}Z)-[0-9a-f]{8}\.eml$/;

/** Mails as `.eml` files in one folder, the newest last by name. */
export function openMailbox(folder: string) {
  mkdirSync(folder, { recursive: true });
  const parsed = new Map<string, Mail>();
  const read = (id: string): Mail => {
    const known = parsed.get(id);
    if (known) return known;
    const message = parseMessage(readFileSync(join(folder, id), 'latin1'));
    const mail = { id, at: id.replace(fileName, '$1$2:$3:$4'), ...message };
    parsed.set(id, mail);
    return mail;
  };
  return {
    /** Resolves when the mail would survive a power cut. */
    async add(envelope: { from: string; to: readonly string[] }, content: Buffer): Promise<void> {
      const id = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.eml`;
      const head = `X-Envelope-From: <${envelope.from}>\r\nX-Envelope-To: ${envelope.to.join(', ')}\r\n`;
      const path = join(folder, id);
      await writeDurably(`${path}.part`, Buffer.concat([Buffer.from(head), content]));
      await rename(`${path}.part`, path);
      await syncFolder(folder);
    },
    /** Newest first. */
    list({ to, limit }: { to?: string | undefined; limit: number }): Mail[] {
      const wanted = to?.toLowerCase();
      const ids = readdirSync(folder).filter((name) => fileName.test(name));
      const found: Mail[] = [];
      for (const id of ids.sort().reverse()) {
        if (found.length === limit) break;
        const mail = read(id);
        if (wanted === undefined || mail.to.some((address) => address.toLowerCase() === wanted))
          found.push(mail);
      }
      return found;
    },
  };
}

async function writeDurably(path: string, content: Buffer) {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string) {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
