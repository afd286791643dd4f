import type { Document } from '../values/document.ts';
import type { Call, Command } from './command.ts';

const VERSION = '7.0.0';
/** MongoDB 7.0: the newest protocol that has no commands this server lacks (8.0 adds bulkWrite across collections). */
const MAX_WIRE_VERSION = 21;

/** Neither setName nor msg: a driver takes the server for a standalone. */
function hello(call: Call): Document {
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: call.connectionId,
    minWireVersion: 0,
    maxWireVersion: MAX_WIRE_VERSION,
    readOnly: false,
    ...call.authentication.helloFields(call.body),
  };
}

const helloCommand: Command = {
  fields: [
    'helloOk',
    'client',
    'compression',
    'topologyVersion',
    'maxAwaitTimeMS',
    'loadBalanced',
    'saslSupportedMechs',
    'speculativeAuthenticate',
    'hostInfo',
    'backpressure',
  ],
  open: true,
  run: hello,
};
const accepted: Command = { fields: [], open: true, run: () => ({}) };

const buildInfo = (): Document => ({
  version: VERSION,
  versionArray: [7, 0, 0, 0],
  gitVersion: 'mongo-embedded',
  modules: [],
  storageEngines: ['mongo-embedded'],
  maxBsonObjectSize: 16 * 1024 * 1024,
});

const serverStatus = ({ engine }: Call): Document => ({
  host: engine.address(),
  version: VERSION,
  process: 'mongo-embedded',
  pid: process.pid,
  uptime: process.uptime(),
  localTime: new Date(),
  connections: { current: engine.connectionCount() },
  mem: { resident: Math.round(process.memoryUsage().rss / 2 ** 20) },
});

export const stateCommands: Record<string, Command> = {
  hello: helloCommand,
  isMaster: helloCommand,
  ismaster: helloCommand,
  ping: accepted,
  endSessions: accepted,
  refreshSessions: accepted,
  killSessions: accepted,
  buildInfo: { fields: [], open: true, run: buildInfo },
  buildinfo: { fields: [], open: true, run: buildInfo },
  serverStatus: { fields: ['repl', 'metrics', 'locks'], run: serverStatus },
  getParameter: {
    fields: ['featureCompatibilityVersion'],
    run: () => ({ featureCompatibilityVersion: { version: '7.0' } }),
  },
};
