import { createHmac, timingSafeEqual } from 'node:crypto';

const SIGNATURE_AGE_SECONDS = 300;

/** Whether `t=<unix seconds>,v1=<hex hmac of t.body>` was made with our secret, not long ago. */
export const createVerifier =
  (secret: string) =>
  (signature: string | undefined, body: Buffer): boolean => {
    const [, time = '', shown = ''] = signature?.match(/^t=(\d{1,12}),v1=([a-f0-9]{64})$/) ?? [];
    if (Math.abs(Date.now() / 1000 - Number(time)) > SIGNATURE_AGE_SECONDS) return false;
    const made = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
    return timingSafeEqual(made, Buffer.from(shown, 'hex'));
  };
