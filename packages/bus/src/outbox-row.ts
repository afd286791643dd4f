import { jsonColumn } from '@shopstack/sql/json';
import { OutgoingMessage } from './message.ts';

/** How the outbox keeps a message. */
export const messageColumn = jsonColumn(OutgoingMessage);
