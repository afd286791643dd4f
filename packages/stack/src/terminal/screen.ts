import type { PartStatus } from '../part.ts';
import { startLine, startTable } from './start-table.ts';
import { paintFor } from './style.ts';

const FRAME_MS = 100;

export interface StartScreen {
  show(part: PartStatus): void;
  /** Draws the last time and leaves the cursor below. */
  end(): void;
}

/** Shows a start under way: a live table on a terminal, plain lines elsewhere. */
export function openStartScreen(stream: NodeJS.WriteStream): StartScreen {
  return stream.isTTY ? liveTable(stream) : plainLines(stream);
}

function plainLines(stream: NodeJS.WriteStream): StartScreen {
  const told = new Map<string, string>();
  return {
    show: (part) => {
      const line = startLine(part);
      if (line === undefined || told.get(part.name) === line) return;
      told.set(part.name, line);
      stream.write(`${line}\n`);
    },
    end: () => undefined,
  };
}

function liveTable(stream: NodeJS.WriteStream): StartScreen {
  const parts = new Map<string, PartStatus>();
  const since = new Map<string, number>();
  const startedAt = Date.now();
  const paint = paintFor(stream, process.env);
  let frame = 0;
  let drawn = 0;
  const draw = () => {
    const view = { parts: [...parts.values()], since, now: Date.now(), startedAt, frame, paint };
    const lines = startTable({ ...view, columns: stream.columns || 80 });
    const back = drawn > 0 ? `\u001b[${drawn}A` : '';
    stream.write(`${back}${lines.map((line) => `${line}\u001b[K\n`).join('')}`);
    drawn = lines.length;
    frame++;
  };
  const timer = setInterval(draw, FRAME_MS);
  return {
    show: (part) => {
      parts.set(part.name, part);
      if (part.state !== 'waiting' && !since.has(part.name)) since.set(part.name, Date.now());
    },
    end: () => {
      clearInterval(timer);
      draw();
    },
  };
}
