import { get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const PROBE_TIMEOUT_MS = 1500;

/** Connects, sends `greeting` and tells whether what comes back is what the server would say. */
export function answers(
  port: number,
  expects: (reply: Buffer) => boolean,
  greeting?: string | Uint8Array,
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const received: Buffer[] = [];
    const settle = (outcome: boolean) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(PROBE_TIMEOUT_MS, () => settle(false));
    socket.on('error', () => settle(false));
    socket.on('close', () => settle(false));
    socket.on('connect', () => greeting !== undefined && socket.write(greeting));
    socket.on('data', (chunk) => {
      received.push(chunk);
      if (expects(Buffer.concat(received))) settle(true);
    });
  });
}

/** Whether something accepts connections there. */
export function accepts(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const settle = (outcome: boolean) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(PROBE_TIMEOUT_MS, () => settle(false));
    socket.on('error', () => settle(false));
    socket.on('connect', () => settle(true));
  });
}

/** Whether GET answers 200. */
export function answersOk(port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(
      { host: '127.0.0.1', port, path, agent: false, timeout: PROBE_TIMEOUT_MS },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

/** Asking costs both sides; what takes long is asked less often, up to this. */
const LONGEST_PAUSE_MS = 100;

/** Asks until the answer is yes, `giveUp` says so (then false), or the time is over (then false). */
export async function until(
  ask: () => Promise<boolean>,
  limits: { withinMs: number; everyMs: number; giveUp?: () => boolean },
): Promise<boolean> {
  const end = performance.now() + limits.withinMs;
  let pauseMs = limits.everyMs;
  while (performance.now() < end) {
    if (limits.giveUp?.()) return false;
    if (await ask()) return true;
    await sleep(pauseMs);
    pauseMs = Math.max(limits.everyMs, Math.min(pauseMs * 1.1, LONGEST_PAUSE_MS));
  }
  return false;
}
