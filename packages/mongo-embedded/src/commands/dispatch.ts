import { badValue, CommandError, notSupported } from '../errors.ts';
import { type Document, isDocument } from '../values/document.ts';
import { isNumberValue } from '../values/kinds.ts';
import { toNumber } from '../values/numbers.ts';
import { authenticationCommands } from './authentication.ts';
import { collectionCommands } from './collections.ts';
import { type Call, type Command, checkFields } from './command.ts';
import { cursorCommands } from './cursors.ts';
import { explainCommands } from './explain.ts';
import { findAndModifyCommands } from './find-and-modify.ts';
import { indexCommands } from './indexes.ts';
import { readCommands } from './reads.ts';
import { stateCommands } from './server-state.ts';
import { writeCommands } from './writes.ts';

const commands = new Map<string, Command>(
  Object.entries({
    ...stateCommands,
    ...authenticationCommands,
    ...writeCommands,
    ...findAndModifyCommands,
    ...readCommands,
    ...cursorCommands,
    ...explainCommands,
    ...collectionCommands,
    ...indexCommands,
  }),
);

/** What a user who may only read may run; everything else counts as a change. */
const reading = new Set([
  ...Object.keys({ ...readCommands, ...cursorCommands, ...explainCommands, ...stateCommands }),
  ...['listCollections', 'listDatabases', 'dbStats', 'collStats', 'listIndexes'],
]);

const foreign = new Set(
  'mapReduce bulkWrite renameCollection createUser updateUser dropUser usersInfo createRole replSetGetStatus replSetInitiate validate compact currentOp killOp profile setParameter fsync top cloneCollectionAsCapped convertToCapped createSearchIndexes getLog hostInfo listCommands getCmdLineOpts shutdown dataSize planCacheClear reIndex setFeatureCompatibilityVersion'.split(
    ' ',
  ),
);

/** Runs one command. @throws CommandError whatever MongoDB would answer. */
export function dispatch(call: Call): Document {
  const { name, database, body, authentication } = call;
  refuseTransactions(body);
  const command = commands.get(name);
  if (!command)
    throw foreign.has(name)
      ? notSupported(`the command ${name}`)
      : new CommandError(59, `no such command: '${name}'`);
  if (!command.open)
    authentication.check(name, name === 'listDatabases' ? (authentication.user?.db ?? database) : database, {
      writes: !reading.has(name),
    });
  checkFields(command, call);
  checkConcerns(body);
  return command.run(call);
}

function refuseTransactions(body: Document): void {
  if (body.txnNumber === undefined && body.startTransaction === undefined && body.autocommit === undefined)
    return;
  throw new CommandError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
}

function checkConcerns({ writeConcern, readConcern }: Document): void {
  const level = isDocument(readConcern) ? readConcern.level : undefined;
  if (level === 'snapshot')
    throw new CommandError(246, 'Unable to read from a snapshot: this server is a standalone');
  if (level === 'linearizable')
    throw new CommandError(123, 'node needs to be a replica set member to use read concern linearizable');
  if (isDocument(writeConcern) && isNumberValue(writeConcern.w) && toNumber(writeConcern.w) > 1) {
    throw badValue("cannot use 'w' > 1 when a host is not replicated");
  }
}

/** Whether a reply has to wait until the command's changes are on disk. */
export const wantsDurability = ({ writeConcern }: Document): boolean =>
  isDocument(writeConcern) &&
  (writeConcern.j === true || writeConcern.fsync === true || writeConcern.w === 'majority');
