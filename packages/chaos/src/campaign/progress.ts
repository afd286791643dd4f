import type { Count } from './count.ts';

const LINE_EVERY_MS = 5000;
const REDRAW_EVERY_MS = 250;

export interface Progress {
  /** Replaces what is being done. */
  doing(what: string): void;
  /** A line of its own. */
  say(line: string): void;
  end(): void;
}

/** One line that changes on a terminal; else a line every 5 s. `numbers` is asked when it is drawn. */
export function showProgress(output: NodeJS.WriteStream, numbers: () => string): Progress {
  const began = Date.now();
  let what = '';
  const line = () => `${clock(Date.now() - began)}  ${what}  ${numbers()}`.trimEnd();
  const draw = () => {
    if (output.isTTY) output.write(`\r\u001b[2K${line().slice(0, (output.columns ?? 80) - 1)}`);
    else output.write(`${line()}\n`);
  };
  const timer = setInterval(draw, output.isTTY ? REDRAW_EVERY_MS : LINE_EVERY_MS);
  const clear = () => output.isTTY && output.write('\r\u001b[2K');
  return {
    doing: (now) => {
      what = now;
      draw();
    },
    say: (text) => {
      clear();
      output.write(`${text}\n`);
    },
    end: () => {
      clearInterval(timer);
      clear();
    },
  };
}

const clock = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** `orders 12/20, 9 settled · faults 3/5 · kill-service payment · 0 violations` */
export function campaignNumbers(
  count: Count,
  of: { orders: number; faults: number },
  violations: () => number,
): string {
  const { placed, settled, refused, gaveUp, faultsDone, running } = count.now();
  const orders = `orders ${placed}/${of.orders} placed, ${settled} settled, ${refused + gaveUp} not placed`;
  return [orders, `faults ${faultsDone}/${of.faults}`, ...running, `${violations()} violations`].join(' · ');
}
