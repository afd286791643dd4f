import nodemailer from 'nodemailer';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The same for the same message, so that a mailbox can tell a repetition. */
  messageId: string;
}
/** `refused`: the server will never take it. `not-sent`: it surely did not go out. `unknown`: it may have. */
export type Delivery = { state: 'sent' | 'refused' } | { state: 'not-sent' | 'unknown'; reason: string };

const TIMEOUT_MS = 10_000;
/** nodemailer calls every lost connection `CONN`, also after the body: only these surely came before it. */
const beforeBody = new Set(['connect', 'getaddrinfo', 'EAUTH', 'EDNS', 'ETLS']);

export function openMail(settings: { url: string; from: string }) {
  const transport = nodemailer.createTransport({
    url: settings.url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    async send(mail: Mail): Promise<Delivery> {
      try {
        await transport.sendMail({ from: settings.from, ...mail });
        return { state: 'sent' };
      } catch (error) {
        return readFault(error);
      }
    },
    /** Rejects unless the server answers. */
    check: async (): Promise<void> => {
      await transport.verify();
    },
    close: () => transport.close(),
  };
}
export type MailClient = ReturnType<typeof openMail>;

function readFault(error: unknown): Delivery {
  const member = (name: string): unknown =>
    error !== null && typeof error === 'object' ? Reflect.get(error, name) : undefined;
  const reason = error instanceof Error ? error.message : String(error);
  const answered = member('responseCode');
  if (typeof answered === 'number' && answered >= 500) return { state: 'refused' };
  if (typeof answered === 'number' && answered >= 400) return { state: 'not-sent', reason };
  const unsent = beforeBody.has(String(member('syscall'))) || beforeBody.has(String(member('code')));
  return { state: unsent ? 'not-sent' : 'unknown', reason };
}
