import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { type NetworkProxy, openProxy, type ProxyOptions } from './proxy.ts';

const opened: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address !== 'object') throw new Error('it does not listen');
  return address.port;
};

/** A server that hears and says what the test wants; with half-close, as most that we have. */
async function serve(talk: (socket: Socket) => void, port = 0): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    talk(socket);
  });
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  opened.push(close);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { port: portOf(server), close };
}
const echo = (socket: Socket) => socket.pipe(socket);

async function proxyTo(...upstreams: ProxyOptions['upstreams']): Promise<NetworkProxy> {
  const proxy = await openProxy({ name: 'under test', upstreams });
  opened.push(proxy.close);
  return proxy;
}

/** A client that notes what it hears and how it ends. */
async function client(port: number) {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  opened.push(() => socket.destroy());
  const heard = { text: '', ended: false, error: '' };
  socket.on('error', (error: NodeJS.ErrnoException) => {
    heard.error = error.code ?? error.message;
  });
  socket.on('data', (bytes) => {
    heard.text += bytes.toString();
  });
  socket.on('end', () => {
    heard.ended = true;
  });
  await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
  return { socket, heard, say: (text: string) => void socket.write(text) };
}

async function until(is: () => boolean): Promise<void> {
  for (let tries = 0; !is(); tries++) {
    if (tries > 400) throw new Error('it did not happen within 4 s');
    await sleep(10);
  }
}
const A_WHILE_MS = 60;

test('bytes pass both ways and are counted', async () => {
  const proxy = await proxyTo((await serve(echo)).port);
  const { heard, say } = await client(proxy.port);
  say('hello');
  await until(() => heard.text === 'hello');
  expect(proxy.stats()).toMatchObject({
    accepted: 1,
    open: 1,
    passedBytes: { requests: 5, answers: 5 },
    swallowedBytes: { requests: 0, answers: 0 },
    byUpstream: [1],
  });
});

test('half-close is passed on: the answer to a finished request still arrives', async () => {
  const whole = await serve((socket) => {
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString();
    });
    socket.on('end', () => socket.end(`heard ${text}`));
  });
  const proxy = await proxyTo(whole.port);
  const { socket, heard } = await client(proxy.port);
  socket.end('everything');
  await until(() => heard.ended);
  expect(heard).toEqual({ text: 'heard everything', ended: true, error: '' });
  await until(() => proxy.stats().open === 0);
});

test('a reader that does not read holds the sender up', async () => {
  const proxy = await proxyTo((await serve((socket) => void socket.pause())).port);
  const { socket } = await client(proxy.port);
  const piece = Buffer.alloc(1024 * 1024);
  let sent = 0;
  while (sent < 64 && socket.write(piece)) sent++;
  for (; sent < 64 && socket.writableLength < 8 * piece.length; sent++) socket.write(piece);
  await sleep(A_WHILE_MS);
  expect(socket.writableLength).toBeGreaterThan(0);
  expect(proxy.stats().passedBytes.requests).toBeLessThan(32 * piece.length);
});

test("a server that breaks the connection breaks the client's", async () => {
  const proxy = await proxyTo(
    (await serve((socket) => void socket.once('data', () => socket.resetAndDestroy()))).port,
  );
  const { heard, say } = await client(proxy.port);
  say('x');
  await until(() => heard.error === 'ECONNRESET');
});

test('without any upstream a connection is reset', async () => {
  const gone = await serve(echo);
  gone.close();
  const proxy = await proxyTo(gone.port);
  const { heard } = await client(proxy.port);
  await until(() => heard.error === 'ECONNRESET');
  expect(proxy.stats().unreachable).toBe(1);
});

test('reset tears what is open and what comes, until it is healed', async () => {
  const proxy = await proxyTo((await serve(echo)).port);
  const before = await client(proxy.port);
  before.say('x');
  await until(() => before.heard.text === 'x');
  await proxy.fault({ kind: 'reset' });
  await until(() => before.heard.error === 'ECONNRESET');
  const during = await client(proxy.port);
  await until(() => during.heard.error === 'ECONNRESET');
  await proxy.heal();
  const after = await client(proxy.port);
  after.say('y');
  await until(() => after.heard.text === 'y');
  expect(proxy.stats()).toMatchObject({ accepted: 3, torn: 2, open: 1 });
});

test('refuse turns new connections away and leaves those that exist', async () => {
  const proxy = await proxyTo((await serve(echo)).port);
  const before = await client(proxy.port);
  before.say('x');
  await until(() => before.heard.text === 'x');
  await proxy.fault({ kind: 'refuse' });
  expect((await client(proxy.port)).heard.error).toBe('ECONNREFUSED');
  before.say('y');
  await until(() => before.heard.text === 'xy');
  await proxy.heal();
  const after = await client(proxy.port);
  after.say('z');
  await until(() => after.heard.text === 'z');
});

test('a black hole takes everything, says nothing, and resets who lost bytes when it is healed', async () => {
  const heardByServer: string[] = [];
  const server = await serve((socket) => {
    socket.on('data', (bytes) => heardByServer.push(bytes.toString()));
    echo(socket);
  });
  const proxy = await proxyTo(server.port);
  const talking = await client(proxy.port);
  const silent = await client(proxy.port);
  for (const it of [talking, silent]) it.say('a');
  await until(() => talking.heard.text === 'a' && silent.heard.text === 'a');
  await proxy.fault({ kind: 'black-hole' });
  talking.say('b');
  const late = await client(proxy.port);
  late.say('c');
  await sleep(A_WHILE_MS);
  expect([talking.heard, late.heard]).toEqual([
    { text: 'a', ended: false, error: '' },
    { text: '', ended: false, error: '' },
  ]);
  expect(proxy.stats().swallowedBytes).toEqual({ requests: 2, answers: 0 });
  await proxy.heal();
  await until(() => talking.heard.error === 'ECONNRESET' && late.heard.error === 'ECONNRESET');
  silent.say('d');
  await until(() => silent.heard.text === 'ad');
  expect(heardByServer.join('')).toBe('aad');
});

test.each([
  ['ends', (socket: Socket) => socket.end()],
  ['tears', (socket: Socket) => socket.resetAndDestroy()],
] as const)(
  'nobody hears through a black hole that the other side %s the connection',
  async (_how, leave) => {
    const there: Socket[] = [];
    const server = await serve((socket) => {
      there.push(socket);
      echo(socket);
    });
    const proxy = await proxyTo(server.port);
    const { heard, say } = await client(proxy.port);
    say('a');
    await until(() => heard.text === 'a');
    await proxy.fault({ kind: 'black-hole' });
    for (const socket of there) leave(socket);
    await sleep(A_WHILE_MS);
    expect(heard).toEqual({ text: 'a', ended: false, error: '' });
    await proxy.heal();
    await until(() => heard.ended || heard.error !== '');
  },
);

test.each([
  ['answers', 'ab'],
  ['requests', 'a'],
] as const)('one way: %s are swallowed', async (direction, heardThere) => {
  let there = '';
  const server = await serve((socket) => {
    socket.on('data', (bytes) => {
      there += bytes.toString();
    });
    echo(socket);
  });
  const proxy = await proxyTo(server.port);
  const { heard, say } = await client(proxy.port);
  say('a');
  await until(() => heard.text === 'a');
  await proxy.fault({ kind: 'one-way', direction });
  say('b');
  await until(() => proxy.stats().swallowedBytes[direction] === 1);
  const late = await client(proxy.port);
  late.say('');
  expect([there, heard.text]).toEqual([heardThere, 'a']);
  await proxy.heal();
  await until(() => heard.error === 'ECONNRESET');
});

test('a stall keeps bytes, ends and new connections back and loses nothing', async () => {
  const proxy = await proxyTo((await serve(echo)).port);
  const { socket, heard, say } = await client(proxy.port);
  say('a');
  await until(() => heard.text === 'a');
  await proxy.fault({ kind: 'stall' });
  socket.end('b');
  const late = await client(proxy.port);
  late.say('c');
  await sleep(A_WHILE_MS);
  expect([heard.text, late.heard.text]).toEqual(['a', '']);
  await proxy.heal();
  await until(() => heard.ended && late.heard.text === 'c');
  expect(heard).toEqual({ text: 'ab', ended: true, error: '' });
  expect(proxy.stats().swallowedBytes).toEqual({ requests: 0, answers: 0 });
});

test('latency delays each piece without slowing the stream, in order', async () => {
  const proxy = await proxyTo((await serve(echo)).port);
  const { heard, say } = await client(proxy.port);
  await proxy.fault({ kind: 'latency', ms: 60, jitterMs: 30, seed: 7 });
  const began = performance.now();
  for (const piece of ['1', '2', '3', '4', '5', '6', '7', '8']) {
    say(piece);
    await sleep(5);
  }
  await until(() => heard.text.length === 8);
  const took = performance.now() - began;
  expect(heard.text).toBe('12345678');
  expect(took).toBeGreaterThan(60);
  expect(took).toBeLessThan(8 * 60);
});

test('throttle lets so many bytes through a second', async () => {
  const proxy = await proxyTo((await serve((socket) => void socket.resume())).port);
  const { say } = await client(proxy.port);
  await proxy.fault({ kind: 'throttle', bytesPerSecond: 10_000 });
  const began = performance.now();
  say('x'.repeat(3000));
  await until(() => proxy.stats().passedBytes.requests === 3000);
  expect(performance.now() - began).toBeGreaterThan(250);
});

test('a throttled sender is held up, not remembered', async () => {
  const proxy = await proxyTo((await serve((socket) => void socket.resume())).port);
  const { socket } = await client(proxy.port);
  await proxy.fault({ kind: 'throttle', bytesPerSecond: 10_000 });
  socket.write(Buffer.alloc(32 * 1024 * 1024));
  await sleep(A_WHILE_MS);
  expect(socket.writableLength).toBeGreaterThan(0);
});

test('several upstreams take turns, one that refuses is passed over, and open connections stay', async () => {
  const named = (name: string) => (socket: Socket) => void socket.on('data', () => socket.write(name));
  const [a, b] = [await serve(named('a')), await serve(named('b'))];
  const proxy = await proxyTo(a.port, { host: '127.0.0.1', port: b.port });
  const ask = async () => {
    const it = await client(proxy.port);
    it.say('?');
    await until(() => it.heard.text !== '');
    return it;
  };
  const all = [await ask(), await ask(), await ask()];
  expect(all.map(({ heard }) => heard.text)).toEqual(['a', 'b', 'a']);
  a.close();
  expect([(await ask()).heard.text, (await ask()).heard.text]).toEqual(['b', 'b']);
  all[1]?.say('?');
  await until(() => all[1]?.heard.text === 'bb');
  await serve(named('A'), a.port);
  const again = [await ask(), await ask()].map(({ heard }) => heard.text);
  expect(again.toSorted()).toEqual(['A', 'b']);
  expect(proxy.stats()).toMatchObject({ unreachable: 0, byUpstream: [3, 4] });
});

test('closing resets what is open and frees the port, also in a black hole', async () => {
  const proxy = await openProxy({ name: 'short', upstreams: [(await serve(echo)).port] });
  const first = await client(proxy.port);
  first.say('x');
  await until(() => first.heard.text === 'x');
  await proxy.fault({ kind: 'stall' });
  const stalled = await client(proxy.port);
  await proxy.fault({ kind: 'black-hole' });
  const second = await client(proxy.port);
  await proxy.close();
  await until(() => [first, stalled, second].every(({ socket }) => socket.closed));
  expect((await client(proxy.port)).heard.error).toBe('ECONNREFUSED');
});
