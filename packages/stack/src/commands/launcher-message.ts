import { isRecord } from '../json.ts';
import type { PartStatus } from '../part.ts';

/** What a detached launcher tells the command that started it. */
export type LauncherMessage =
  | { kind: 'part'; part: PartStatus }
  | { kind: 'open' }
  | { kind: 'failed'; message: string };

/** Messages come from our own launcher; this only tells them from Node's. */
export function isLauncherMessage(message: unknown): message is LauncherMessage {
  return isRecord(message) && ['part', 'open', 'failed'].includes(String(message.kind));
}
