import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { newFolder, optionsFor, startWith } from './running-simulators.ts';

const options = optionsFor(newFolder(), 'http://127.0.0.1:9');
let shop: Awaited<ReturnType<typeof startWith>>;
beforeAll(async () => {
  shop = await startWith(options);
});
afterAll(() => shop.close());

const send = (mail: object) =>
  createTransport({ host: '127.0.0.1', port: shop.ports.smtp, secure: false }).sendMail({
    from: 'Shop <shop@shop.example>',
    ...mail,
  });
const to = async (address: string) =>
  (await shop.control('GET', `/mails?to=${encodeURIComponent(address)}`)).body.items;

describe('the mail catcher', () => {
  it('keeps each mail as a file before it says yes', async () => {
    const before = readdirSync(options.mailDir).length;
    await send({ to: 'ada@shop.example', subject: 'Your order', text: 'Thank you' });
    const files = readdirSync(options.mailDir).sort();
    expect(files).toHaveLength(before + 1);
    expect(files.every((name) => name.endsWith('.eml'))).toBe(true);
    expect(readFileSync(join(options.mailDir, files.at(-1) ?? ''), 'utf8')).toContain('Subject: Your order');
  });

  it('finds by recipient, hidden ones too, newest first', async () => {
    await send({ to: 'bea@shop.example', bcc: 'Hidden@shop.example', subject: 'one', text: '1' });
    await send({ to: 'bea@shop.example', subject: 'two', text: '2' });
    expect((await to('bea@shop.example')).map(({ subject }) => subject)).toEqual(['two', 'one']);
    expect(await to('hidden@shop.example')).toMatchObject([{ subject: 'one', text: '1' }]);
    expect(await to('nobody@shop.example')).toEqual([]);
  });

  it('reads umlauts, long lines and the text beside HTML', async () => {
    const text = `Grüße, der Betrag ist 19,99 €. ${'Ein langer Satz. '.repeat(20)}\nhttps://shop.example/orders/1?a=b`;
    await send({
      to: 'cem@shop.example',
      subject: 'Bestellung bestätigt – danke für Ihren Einkauf',
      text,
      html: '<p>x</p>',
    });
    expect(await to('cem@shop.example')).toMatchObject([
      { subject: 'Bestellung bestätigt – danke für Ihren Einkauf', text },
    ]);
  });

  it('shows people a page in which nothing runs', async () => {
    await send({
      to: 'dan@shop.example',
      subject: '<script>alert(1)</script>',
      text: 'https://a.example/?x=1&y=2 <b>',
    });
    const page = await shop.control('GET', '/');
    expect(page.text).not.toContain('<script>');
    expect(page.text).toContain('<a href="https://a.example/?x=1&amp;y=2">');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('refuses what is too large', async () => {
    await expect(
      send({ to: 'x@shop.example', subject: 'big', text: 'x'.repeat(11_000_000) }),
    ).rejects.toThrow();
    expect(await to('x@shop.example')).toEqual([]);
  });
});
