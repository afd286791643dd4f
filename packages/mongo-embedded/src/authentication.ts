import { Binary } from 'bson';
import { badValue, CommandError } from './errors.ts';
import { beginConversation, type Conversation, createVerifier, type Verifier } from './scram.ts';
import { type Document, isDocument } from './values/document.ts';

/** A user belongs to one database; users of `admin` may use every database. */
export interface User {
  user: string;
  password: string;
  db: string;
  /** May look and change nothing. */
  readOnly?: boolean;
}

const MECHANISM = 'SCRAM-SHA-256';

/** The users the server knows; without any, every connection may do everything. */
export class Users {
  readonly #verifiers = new Map<string, Verifier>();
  readonly #readers = new Set<string>();

  constructor(users: readonly User[]) {
    for (const { user, password, db, readOnly } of users) {
      this.#verifiers.set(`${db}.${user}`, createVerifier(password));
      if (readOnly) this.#readers.add(`${db}.${user}`);
    }
  }

  get required(): boolean {
    return this.#verifiers.size > 0;
  }

  verifierOf(database: string, user: string): Verifier | undefined {
    return this.#verifiers.get(`${database}.${user}`);
  }

  mayWrite({ user, db }: { user: string; db: string }): boolean {
    return !this.#readers.has(`${db}.${user}`);
  }
}

const failed = () => new CommandError(18, 'Authentication failed.');

/** One connection's exchange and, after it, its user. */
export class Authentication {
  readonly #users: Users;
  #conversation:
    | { id: number; exchange: Conversation; database: string; proven: boolean; brief: boolean }
    | undefined;
  #user: { user: string; db: string } | undefined;
  #lastId = 0;

  constructor(users: Users) {
    this.#users = users;
  }

  get user(): { user: string; db: string } | undefined {
    return this.#user;
  }

  mayUse(database: string): boolean {
    return !this.#users.required || this.#user?.db === database || this.#user?.db === 'admin';
  }

  /** @throws CommandError 13 unless this connection may run the command on the database. */
  check(name: string, database: string, { writes }: { writes: boolean }): void {
    const mayWrite = !this.#user || this.#users.mayWrite(this.#user);
    if (this.mayUse(database) && (mayWrite || !writes)) return;
    if (!this.#user) throw new CommandError(13, `command ${name} requires authentication`);
    throw new CommandError(13, `not authorized on ${database} to execute command ${name}`);
  }

  /** @throws CommandError 18 for an unknown user, 334 for another mechanism. */
  start(body: Document, database: string): Document {
    if (body.mechanism !== MECHANISM)
      throw new CommandError(334, `Unsupported authentication mechanism '${String(body.mechanism)}'`);
    const exchange = beginConversation(payloadOf(body), (user) => this.#users.verifierOf(database, user));
    if (!exchange) throw failed();
    const brief = isDocument(body.options) && body.options.skipEmptyExchange === true;
    const id = ++this.#lastId;
    this.#conversation = { id, exchange, database, proven: false, brief };
    return step(id, exchange.challenge, { done: false });
  }

  /** @throws CommandError 18 for a wrong proof, 17 without a conversation. */
  continue(body: Document): Document {
    const conversation = this.#conversation;
    if (!conversation || body.conversationId !== conversation.id)
      throw new CommandError(17, 'No SASL session state found');
    const { id, exchange, database, proven, brief } = conversation;
    if (proven) return this.#finish(id, '');
    const message = exchange.finish(payloadOf(body));
    if (message === undefined) {
      this.#conversation = undefined;
      throw failed();
    }
    this.#user = { user: exchange.user, db: database };
    conversation.proven = true;
    return brief ? this.#finish(id, message) : step(id, message, { done: false });
  }

  #finish(id: number, message: string): Document {
    this.#conversation = undefined;
    return step(id, message, { done: true });
  }

  logout(): void {
    this.#user = undefined;
  }

  /** A hello may ask for a user's mechanisms and begin the exchange; a failure there is told by saslStart only. */
  helloFields(body: Document): Document {
    const fields: Document = {};
    if (typeof body.saslSupportedMechs === 'string') fields.saslSupportedMechs = [MECHANISM];
    const begun = body.speculativeAuthenticate;
    if (!isDocument(begun) || typeof begun.db !== 'string') return fields;
    try {
      fields.speculativeAuthenticate = this.start(begun, begun.db);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
    }
    return fields;
  }
}

function payloadOf({ payload }: Document): string {
  if (payload instanceof Binary)
    return Buffer.from(payload.buffer.subarray(0, payload.position)).toString('utf8');
  throw badValue("BSON field 'payload' must be binary data");
}

const step = (conversationId: number, message: string, { done }: { done: boolean }): Document => ({
  conversationId,
  done,
  payload: new Binary(Buffer.from(message)),
});
