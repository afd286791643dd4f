import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { mpesa, newFolder, optionsFor, startReceiver, startWith, until } from './running-simulators.ts';

let receiver: Awaited<ReturnType<typeof startReceiver>>;
let shop: Awaited<ReturnType<typeof startWith>>;
const options = () => optionsFor(newFolder(), receiver.url);
beforeAll(async () => {
  receiver = await startReceiver();
  shop = await startWith(options());
});
afterAll(async () => {
  await shop.close();
  await receiver.close();
});
beforeEach(() => shop.control('POST', '/reset', { body: {} }));

const Said = z.looseObject({
  access_token: z.string().optional(),
  CheckoutRequestID: z.string().optional(),
  ResultCode: z.string().optional(),
  errorCode: z.string().optional(),
  Response: z.array(z.array(z.record(z.string(), z.string()))).optional(),
  items: z.array(z.object({ kind: z.string(), reference: z.string(), amountMinor: z.int() })).optional(),
});
async function call(path: string, { body, authorization = '' }: { body?: object; authorization?: string }) {
  const answer = await fetch(`http://127.0.0.1:${shop.ports.mpesa}${path}`, {
    headers: { authorization, 'content-type': 'application/json' },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, ...Said.parse(await answer.json()) };
}
const basic = `Basic ${Buffer.from(`${mpesa.consumerKey}:${mpesa.consumerSecret}`).toString('base64')}`;
const login = '/oauth/v1/generate?grant_type=client_credentials';
async function daraja(path: string, body?: object) {
  const { access_token: token = '' } = await call(login, { authorization: basic });
  return call(path, { authorization: `Bearer ${token}`, ...(body ? { body } : {}) });
}
const signed = () => {
  const Timestamp = '20260101120000';
  const Password = Buffer.from(mpesa.shortCode + mpesa.passkey + Timestamp).toString('base64');
  return { BusinessShortCode: mpesa.shortCode, Password, Timestamp };
};
const newReference = () => randomUUID().slice(-12);
const wish = (phone: string, reference: string) => ({
  ...signed(),
  TransactionType: 'CustomerPayBillOnline',
  Amount: 19.99,
  PartyA: phone,
  PartyB: mpesa.shortCode,
  PhoneNumber: phone,
  CallBackURL: `${receiver.url}/mpesa/${reference}`,
  AccountReference: reference,
  TransactionDesc: 'Order',
});
const push = (phone: string, reference = newReference(), more = {}) =>
  daraja('/mpesa/stkpush/v1/processrequest', { ...wish(phone, reference), ...more });
const query = (id = '') => daraja('/mpesa/stkpushquery/v1/query', { ...signed(), CheckoutRequestID: id });
const callbacks = (reference: string) =>
  receiver.received.filter(({ path }) => path === `/mpesa/${reference}`).map(({ body }) => JSON.parse(body));
const decided = (id = '') =>
  until(async () => {
    const said = await query(id);
    return said.status === 200 ? said.ResultCode : undefined;
  });
const pull = async (reference: string) => {
  const range = { StartDate: '2020-01-01 00:00:00', EndDate: '2099-01-01 00:00:00', OffSetValue: '0' };
  const { Response } = await daraja('/pulltransactions/v1/query', { ShortCode: mpesa.shortCode, ...range });
  return Response?.flat().filter((it) => it.billreference === reference) ?? [];
};
const reverse = (receipt: string, amount: number, occasion: string) =>
  daraja('/mpesa/reversal/v1/request', {
    Initiator: 'shop',
    SecurityCredential: 'secret',
    CommandID: 'TransactionReversal',
    TransactionID: receipt,
    Amount: amount,
    ReceiverParty: mpesa.shortCode,
    RecieverIdentifierType: '11',
    ResultURL: `${receiver.url}/mpesa/${occasion}`,
    QueueTimeOutURL: `${receiver.url}/mpesa/${occasion}`,
    Remarks: 'Refund',
    Occasion: occasion,
  });
const kinds = async (reference: string) =>
  (await daraja('/v1/ledger?limit=5000')).items
    ?.filter((it) => it.reference === reference)
    .map((it) => it.kind);
const behave = async (body: object) =>
  expect((await shop.control('PUT', '/mpesa/behaviour', { body })).status).toBe(200);

describe('phones', () => {
  it.each([
    ['254700000001', '0', ['pending', 'captured']],
    ['254700000002', '1032', ['pending', 'declined']],
    ['254700000004', '0', ['pending', 'captured']],
    ['254712345678', '0', ['pending', 'captured']],
  ])('%s ends with %s and says so', async (phone, code, movements) => {
    const reference = newReference();
    const { status, CheckoutRequestID } = await push(phone, reference);
    expect(status).toBe(200);
    expect(await query(CheckoutRequestID)).toMatchObject({ status: 500, errorCode: '500.001.1001' });
    expect(await decided(CheckoutRequestID)).toBe(code);
    const [told] = await until(() => (callbacks(reference).length > 0 ? callbacks(reference) : undefined));
    expect(told.Body.stkCallback).toMatchObject({ CheckoutRequestID, ResultCode: Number(code) });
    expect(told.Body.stkCallback.CallbackMetadata === undefined).toBe(code !== '0');
    expect(await kinds(reference)).toEqual(movements);
  });

  it('254700000003 never answers, unless the prompt ends', async () => {
    const silent = await push('254700000003');
    await behave({ promptMs: 50 });
    const ending = await push('254700000003');
    expect(await decided(ending.CheckoutRequestID)).toBe('1037');
    expect((await query(silent.CheckoutRequestID)).status).toBe(500);
  });
});

describe('the door', () => {
  it('needs credentials, a token and a signature', async () => {
    expect((await call(login, { authorization: 'Basic no' })).errorCode).toBe('400.008.01');
    const body = wish('254700000001', newReference());
    for (const authorization of ['', 'Bearer nonsense'])
      expect(await call('/mpesa/stkpush/v1/processrequest', { body, authorization })).toMatchObject({
        status: 404,
        errorCode: '404.001.03',
      });
    expect((await push('254700000001', newReference(), { Password: 'bm8=' })).status).toBe(500);
  });

  it.each([
    { PhoneNumber: '0700000001' },
    { Amount: 0 },
    { AccountReference: 'thirteen chars' },
    { CallBackURL: 'here' },
  ])('refuses %o', async (wrong) => {
    expect(await push('254700000001', newReference(), wrong)).toMatchObject({
      status: 400,
      errorCode: '400.002.02',
    });
  });
});

describe('money', () => {
  it('is found by reference, goes back at most once, and each reversal is reported', async () => {
    const reference = newReference();
    const { CheckoutRequestID } = await push('254700000001', reference);
    await decided(CheckoutRequestID);
    const [paid] = await pull(reference);
    expect(paid).toMatchObject({ amount: '19.99', transactiontype: 'c2b-pay-bill-debit' });
    expect(paid?.msisdn).not.toContain('254700000001');
    const [first, second] = [randomUUID(), randomUUID()];
    await reverse(paid?.transactionId ?? '', 10, first);
    await reverse(paid?.transactionId ?? '', 10, second);
    const resultOf = (occasion: string) =>
      until(() => callbacks(occasion)[0]?.Result.ResultCode as string | undefined);
    expect([await resultOf(first), await resultOf(second)]).toEqual(['0', 'R000001']);
    expect(await pull(first)).toMatchObject([{ amount: '10.00', transactiontype: 'reversal' }]);
    expect(await pull(second)).toEqual([]);
    expect(await kinds(reference)).toEqual(['pending', 'captured', 'refunded']);
  });
});

describe('behaviour on demand', () => {
  it.each([
    ['drop-before-commit', []],
    ['error-500', []],
    ['drop-after-commit', ['pending', 'captured']],
    ['error-500-after-commit', ['pending', 'captured']],
  ])('%s leaves %o', async (next, movements) => {
    await behave({ nextAnswers: [next] });
    const reference = newReference();
    const status = await push('254700000001', reference).then(
      (it) => it.status,
      () => 0,
    );
    expect(status).not.toBe(200);
    await until(async () => ((await kinds(reference))?.length === movements.length ? true : undefined));
    expect(await kinds(reference)).toEqual(movements);
  });

  it('callbacks come never, twice, or before the answer', async () => {
    await behave({ callback: 'never', decideAfterMs: 0 });
    const silent = newReference();
    await decided((await push('254700000001', silent)).CheckoutRequestID);
    await behave({ callback: 'duplicate', decideAfterMs: 0, answerDelayMs: 700 });
    const twice = newReference();
    await push('254700000001', twice);
    expect(callbacks(twice)).toHaveLength(2);
    expect(callbacks(silent)).toEqual([]);
  });

  it('a restart keeps prompts, money and what is to be told, and forgets tokens', async () => {
    const reference = newReference();
    await behave({ decideAfterMs: 1500 });
    const same = { ...options(), dataDir: newFolder() };
    const before = await startWith(same);
    const usual = shop;
    shop = before;
    const { access_token: token = '' } = await call(login, { authorization: basic });
    const { CheckoutRequestID } = await push('254700000004', reference);
    await before.close();
    shop = await startWith(same);
    expect(await decided(CheckoutRequestID)).toBe('0');
    const body = { ...signed(), CheckoutRequestID };
    const stale = await call('/mpesa/stkpushquery/v1/query', { body, authorization: `Bearer ${token}` });
    expect(stale.errorCode).toBe('404.001.03');
    await until(() => callbacks(reference)[0]);
    await shop.close();
    shop = usual;
  });
});
