import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Mailbox } from './mailbox.ts';

const maxBytes = 10 * 1024 * 1024;

/** An SMTP server that takes every mail and sends none; it answers 250 once the mail is on disk. */
export async function openMailCatcher(mailbox: Mailbox, port: number, host: string) {
  const smtp = new SMTPServer({
    name: 'shopstack-mail-catcher',
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: maxBytes,
    closeTimeout: 500,
    onAuth: (auth, _session, done) => done(null, { user: auth.username }),
    onData(stream, session, done) {
      keep(mailbox, stream, session).then(
        () => done(),
        (error: unknown) => done(error instanceof Error ? error : new Error('the mail cannot be kept')),
      );
    },
  });
  // A client that breaks off is no fault of this server.
  smtp.on('error', (error: unknown) => console.error(String(error)));
  smtp.listen(port, host);
  await once(smtp.server, 'listening');
  const address = smtp.server.address();
  if (address === null || typeof address === 'string') throw new Error('the mail catcher has no port');
  return {
    port: address.port,
    close: () => new Promise<void>((resolve) => smtp.close(() => resolve())),
  };
}

async function keep(
  mailbox: Mailbox,
  stream: Readable & { sizeExceeded: boolean },
  { envelope }: SMTPServerSession,
) {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk);
  if (stream.sizeExceeded) throw Object.assign(new Error('The mail is too large'), { responseCode: 552 });
  const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
  await mailbox.add({ from, to: envelope.rcptTo.map(({ address }) => address) }, Buffer.concat(chunks));
}
