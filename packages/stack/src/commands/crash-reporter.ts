import type { PartStatus } from '../part.ts';
import { paintFor } from '../terminal/style.ts';

/** Says in one line each that a part has ended, is back, or will not come back. */
export function crashReporter(stream: NodeJS.WriteStream): (part: PartStatus) => void {
  const paint = paintFor(stream, process.env);
  const down = new Set<string>();
  return (part) => {
    if (part.state === 'restarting') {
      down.add(part.name);
      stream.write(`${paint('yellow', '↻')} ${part.name} ${part.note ?? 'has ended'}\n`);
    }
    if (part.state === 'ready' && down.delete(part.name)) {
      stream.write(`${paint('green', '✔')} ${part.name} is back, process ${part.pid}\n`);
    }
  };
}
