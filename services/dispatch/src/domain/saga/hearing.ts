import type { ReplyData, ReplyOf, ReplyType } from './messages.ts';
import type { Turn } from './turn.ts';

/** What a state does about each message; what is not listed changes nothing. */
export type Hearing = { readonly [T in ReplyType]?: (turn: Turn, data: ReplyData[T]) => void };

export function hear<T extends ReplyType>(hearing: Hearing, turn: Turn, message: ReplyOf<T>): void {
  hearing[message.type]?.(turn, message.data);
}
