import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ServerProcess {
  signal(name: NodeJS.Signals): void;
  exited: Promise<void>;
}

/** Starts a server that dies with the test process; its output goes to a file. */
export function startProcess(
  command: string,
  parameters: readonly string[],
  options: { log: string; environment?: Record<string, string> },
): ServerProcess {
  const log = openSync(options.log, 'a');
  const child: ChildProcess = spawn('setpriv', ['--pdeathsig', 'KILL', '--', command, ...parameters], {
    stdio: ['ignore', log, log],
    detached: true,
    env: { PATH: '/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', ...options.environment },
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    exited,
    signal: (name) => {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      process.kill(-child.pid, name);
    },
  };
}

export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Resolves when the port answers `greeting` (or by itself) with at least one byte. */
export const untilItSpeaks = (port: number, greeting?: Buffer): Promise<void> =>
  untilTrue(port, (socket, end) => {
    socket.once('connect', () => greeting && socket.write(greeting));
    socket.once('data', () => end(true));
  });

export const untilItAccepts = (port: number): Promise<void> =>
  untilTrue(port, (socket, end) => socket.once('connect', () => end(true)));

type Look = (socket: net.Socket, end: (answer: boolean) => void) => void;

async function untilTrue(port: number, look: Look, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await probe(port, look))) {
    if (Date.now() > deadline) throw new Error(`port ${port} does not answer`);
    await sleep(50);
  }
}

const probe = (port: number, look: Look): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => end(false));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
    look(socket, end);
  });
