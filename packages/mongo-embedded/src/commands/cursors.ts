import { Long } from 'bson';
import { isNumberValue } from '../values/kinds.ts';
import { toNumber } from '../values/numbers.ts';
import { wholeNumber } from './arguments.ts';
import type { Command } from './command.ts';

const cursorId = (value: unknown): number => (isNumberValue(value) ? toNumber(value) : Number.NaN);

export const cursorCommands: Record<string, Command> = {
  getMore: {
    fields: ['collection', 'batchSize'],
    run: ({ engine, database, body }) =>
      engine.cursors.next(
        cursorId(body.getMore),
        `${database}.${String(body.collection)}`,
        wholeNumber(body, 'batchSize'),
      ),
  },
  killCursors: {
    fields: ['cursors'],
    run: ({ engine, database, body }) => {
      const namespace = `${database}.${String(body.killCursors)}`;
      const ids = Array.isArray(body.cursors) ? body.cursors.map(cursorId) : [];
      const killed = ids.filter((id) => engine.cursors.kill(id, namespace));
      const longs = (list: number[]) => list.map((id) => Long.fromNumber(id));
      const notFound = ids.filter((id) => !killed.includes(id));
      return {
        cursorsKilled: longs(killed),
        cursorsNotFound: longs(notFound),
        cursorsAlive: [],
        cursorsUnknown: [],
      };
    },
  },
};
