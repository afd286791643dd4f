import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { type User, Users } from './authentication.ts';
import { serveConnection } from './connection.ts';
import { Cursors } from './cursors.ts';
import { expireDocuments } from './expiry.ts';
import { Store } from './store/store.ts';

const EXPIRY_MS = 1_000;

export interface MongoEmbeddedOptions {
  /** 0 takes a free port. */
  port: number;
  host?: string | undefined;
  /** The SQLite file; without one everything is lost on close. */
  file?: string | undefined;
  /** With users, every client must authenticate; a user sees its own database only. */
  users?: readonly User[] | undefined;
  /** Told about this server's own failures; by default they go to standard error. */
  report?: ((error: unknown) => void) | undefined;
}

export interface MongoEmbedded {
  /** Without credentials and database. */
  url: string;
  port: number;
  /** Resolves when the server has stopped by itself because it could not write. */
  failed: Promise<unknown>;
  /** Disconnects all clients, writes what is pending and releases the file. */
  close: () => Promise<void>;
}

/**
 * Starts a server that speaks MongoDB's wire protocol, for development, tests and demonstrations.
 * @throws Error when the port is taken or another process has the file.
 */
export async function startMongoEmbedded(options: MongoEmbeddedOptions): Promise<MongoEmbedded> {
  const { port: wanted, host = '127.0.0.1', file, users = [], report = console.error } = options;
  const failure = Promise.withResolvers<unknown>();
  const sockets = new Set<Socket>();
  const tcp = createServer({ noDelay: true });
  const store = new Store(file, (error) => {
    report(error);
    for (const socket of sockets) socket.destroy();
    failure.resolve(error);
  });
  const cursors = new Cursors();
  const address = () => `${host}:${portOf(tcp, wanted)}`;
  const engine = { store, cursors, address, connectionCount: () => sockets.size };
  const known = new Users(users);
  let lastConnection = 0;
  tcp.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(socket, { id: ++lastConnection, engine, users: known, report });
  });
  try {
    tcp.listen(wanted, host);
    await once(tcp, 'listening');
  } catch (error) {
    store.close();
    throw error;
  }
  const timer = setInterval(() => {
    expireDocuments(store);
    cursors.closeIdle();
  }, EXPIRY_MS).unref();
  const close = async (): Promise<void> => {
    clearInterval(timer);
    const closed = new Promise<void>((resolve) => tcp.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
    store.close();
  };
  const port = portOf(tcp, wanted);
  return { url: `mongodb://${host}:${port}/`, port, failed: failure.promise, close };
}

function portOf(tcp: Server, fallback: number): number {
  const address = tcp.address();
  return address !== null && typeof address === 'object' ? address.port : fallback;
}
