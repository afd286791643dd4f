import { CommandError } from '../errors.ts';
import { stringOrder } from '../query/collation.ts';
import { plan } from '../query/plan.ts';
import { checkSort } from '../query/sort.ts';
import { type Document, isDocument } from '../values/document.ts';
import { documents, optionalDocument, wholeNumber } from './arguments.ts';
import type { Call, Command } from './command.ts';
import { leadingSearch } from './leading-search.ts';

interface Explained {
  filter: Document;
  sort?: Document | undefined;
  limit?: number | undefined;
}

function explainedSearch(name: string, body: Document): Explained {
  switch (name) {
    case 'find':
      return {
        filter: optionalDocument(body, 'filter') ?? {},
        sort: optionalDocument(body, 'sort'),
        limit: wholeNumber(body, 'limit') || undefined,
      };
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return { filter: optionalDocument(body, 'query') ?? {}, sort: optionalDocument(body, 'sort') };
    case 'aggregate':
      return leadingSearch(documents(body, 'pipeline')).wanted;
    case 'update':
      return { filter: optionalDocument(documents(body, 'updates')[0] ?? {}, 'q') ?? {} };
    case 'delete':
      return { filter: optionalDocument(documents(body, 'deletes')[0] ?? {}, 'q') ?? {} };
    default:
      throw new CommandError(59, `Explain failed due to unknown command: ${name}`);
  }
}

/** Which index answers a command, in the shape of MongoDB's classic explain. Nothing is run. */
export function explainPlan(call: Call, body: Document): Document {
  const [name = ''] = Object.keys(body);
  const { filter, sort, limit } = explainedSearch(name, body);
  const namespace = `${call.database}.${String(body[name])}`;
  const collection = call.engine.store.find(call.database, String(body[name]));
  const collated = stringOrder(body.collation) !== undefined;
  const chosen = collection && plan(collection, { filter, sort: checkSort(sort), limit, collated });
  const index = chosen?.index;
  const direction = chosen?.backwards ? 'backward' : 'forward';
  const read = index
    ? {
        stage: 'FETCH',
        filter,
        inputStage: {
          stage: 'IXSCAN',
          keyPattern: index.spec.key,
          indexName: index.spec.name,
          isMultiKey: index.multikey,
          direction,
        },
      }
    : { stage: 'COLLSCAN', filter, direction: 'forward' };
  const winningPlan =
    chosen && !chosen.sorted ? { stage: 'SORT', sortPattern: sort, inputStage: read } : read;
  return {
    explainVersion: '1',
    queryPlanner: { namespace, parsedQuery: filter, winningPlan, rejectedPlans: [] },
    executionStats: { totalDocsExaminedAtMost: chosen?.candidates ?? 0 },
    command: body,
  };
}

export const explainCommands: Record<string, Command> = {
  explain: {
    fields: ['verbosity'],
    run: (call) => {
      const { explain } = call.body;
      if (!isDocument(explain))
        throw new CommandError(14, "BSON field 'explain.explain' is the wrong type, expected type 'object'");
      return explainPlan(call, explain);
    },
  },
};
