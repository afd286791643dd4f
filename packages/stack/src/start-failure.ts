import { existsSync, readFileSync } from 'node:fs';

const LOG_TAIL_LINES = 12;

/** A part did not start: which, why, and the end of its log. */
export class StartFailure extends Error {
  readonly part: string;
  readonly logFile: string;
  readonly logTail: readonly string[];

  constructor(part: string, reason: string, logFile: string) {
    super(reason.startsWith(part) ? reason : `${part} ${reason}`);
    this.part = part;
    this.logFile = logFile;
    this.logTail = existsSync(logFile) ? lastLines(readFileSync(logFile, 'utf8')) : [];
  }
}

const lastLines = (text: string) => text.trimEnd().split('\n').slice(-LOG_TAIL_LINES);
