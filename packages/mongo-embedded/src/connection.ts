import type { Socket } from 'node:net';
import { Authentication, type Users } from './authentication.ts';
import type { Engine } from './commands/command.ts';
import { dispatch, wantsDurability } from './commands/dispatch.ts';
import { CommandError, errorReply, isExpressionError } from './errors.ts';
import type { Document } from './values/document.ts';
import { Framer } from './wire/framer.ts';
import { encodeReply, parseRequest, type Request } from './wire/messages.ts';

export interface ConnectionOptions {
  id: number;
  engine: Engine;
  users: Users;
  /** Told about failures that are this server's own fault. */
  report: (error: unknown) => void;
}

/** Answers one client's commands in the order they came. */
export function serveConnection(socket: Socket, options: ConnectionOptions): void {
  const framer = new Framer();
  const authentication = new Authentication(options.users);
  let waiting: Promise<void> | undefined;
  const serve = (message: Buffer): void => {
    const request = parseRequest(message);
    const { reply, durable } = answer(request, authentication, options);
    if (!request.wantsReply) return;
    if (!durable && !waiting) {
      send(socket, request, reply);
      return;
    }
    const turn: Promise<void> = Promise.all([waiting, durable])
      .then(() => send(socket, request, reply))
      .catch(() => void socket.destroy())
      .finally(() => {
        if (waiting === turn) waiting = undefined;
      });
    waiting = turn;
  };
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const message of framer.push(chunk)) serve(message);
    } catch {
      socket.destroy();
    }
  });
  socket.on('error', () => socket.destroy());
}

interface Answer {
  reply: Document;
  /** Resolves when the command's changes are on disk, if it has to wait for that. */
  durable: Promise<void> | undefined;
}

function answer(
  request: Request,
  authentication: Authentication,
  { id, engine, report }: ConnectionOptions,
): Answer {
  let body: Document = {};
  let reply: Document;
  try {
    body = request.body();
    const [name = ''] = Object.keys(body);
    const database = typeof body.$db === 'string' ? body.$db : 'admin';
    reply = { ...dispatch({ engine, authentication, connectionId: id, name, database, body }), ok: 1 };
  } catch (error) {
    if (!(error instanceof CommandError || isExpressionError(error))) report(error);
    reply = errorReply(error);
  }
  return { reply, durable: wantsDurability(body) ? engine.store.durable() : undefined };
}

function send(socket: Socket, request: Request, reply: Document): void {
  if (!socket.writable) return;
  const [head, body] = encodeReply(request, reply);
  socket.cork();
  socket.write(head);
  socket.write(body);
  socket.uncork();
}
