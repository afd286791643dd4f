import { PortTaken } from './port-owner.ts';
import { AlreadyRunning } from './running-shop.ts';
import { UsageError } from './settings.ts';
import { StartFailure } from './start-failure.ts';

/** An error for a person: what happened and where to look; a stack only when it is our own mistake. */
export function describeFailure(error: unknown): string {
  if (error instanceof StartFailure) {
    const tail = error.logTail.map((line) => `    ${line}`);
    return [`✖ ${error.message}`, ...tail, `  The whole log: ${error.logFile}`].join('\n');
  }
  if (error instanceof PortTaken || error instanceof AlreadyRunning || error instanceof UsageError) {
    return error.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
