import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/** A mail server of a few words. `mood` decides what it does when the body has arrived. */
export async function startMailServer() {
  const letters: { to: string; body: string }[] = [];
  let mood: 'accept' | 'hang-up-after-body' | 'refuse' = 'accept';
  const server = createServer((socket: Socket) => {
    let to = '';
    let body: string[] | undefined;
    let buffer = '';
    const say = (line: string) => socket.write(`${line}\r\n`);
    const endBody = (lines: string[]) => {
      letters.push({ to, body: lines.join('\n') });
      body = undefined;
      if (mood === 'accept') say('250 queued');
      else socket.destroy();
    };
    const answers: Record<string, () => string> = {
      RCPT: () => (mood === 'refuse' ? '550 no such mailbox' : '250 fine'),
      DATA: () => '354 go on',
    };
    const obey = (line: string) => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'RCPT') to = line.replace(/^.*<(.*)>.*$/, '$1');
      if (verb === 'DATA') body = [];
      say(answers[verb]?.() ?? '250 fine');
      if (verb === 'QUIT') socket.end();
    };
    const hear = (line: string) => {
      if (!body) obey(line);
      else if (line === '.') endBody(body);
      else body.push(line);
    };
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      buffer += chunk.toString('utf8');
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        hear(line);
      }
    });
    say('220 ready');
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    be: (next: typeof mood) => {
      mood = next;
    },
    pause: close,
    resume: () => listen(port),
    close,
  };
}
