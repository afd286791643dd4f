import { decode, encode } from '../values/codec.ts';
import type { Document } from '../values/document.ts';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const KNOWN_REQUIRED_FLAGS = CHECKSUM_PRESENT | MORE_TO_COME;

/** A command as it came over the wire. */
export interface Request {
  id: number;
  /** Asked by OP_QUERY, as old drivers send their first hello. */
  legacy: boolean;
  wantsReply: boolean;
  body: () => Document;
}

/** @throws Error for opcodes other than OP_MSG and OP_QUERY and for malformed sections. */
export function parseRequest(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const opcode = message.readInt32LE(12);
  if (opcode === OP_QUERY) return { id, legacy: true, wantsReply: true, body: () => queryBody(message) };
  if (opcode !== OP_MSG) throw new Error(`opcode ${opcode} is not supported`);
  const flags = message.readUInt32LE(16);
  if ((flags & 0xffff & ~KNOWN_REQUIRED_FLAGS) !== 0)
    throw new Error('the message has unknown required flags');
  return {
    id,
    legacy: false,
    wantsReply: (flags & MORE_TO_COME) === 0,
    body: () => messageBody(message, flags),
  };
}

function queryBody(message: Buffer): Document {
  const end = message.indexOf(0, 20);
  const [database] = message.toString('utf8', 20, end).split('.');
  return { ...decode(message.subarray(end + 9)), $db: database };
}

function messageBody(message: Buffer, flags: number): Document {
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  let body: Document = {};
  const sequences: Document = {};
  for (let at = 20; at < end; ) {
    const size = message.readInt32LE(at + 1);
    const section = message.subarray(at + 1, at + 1 + size);
    if (message[at] === 0) body = decode(section);
    else if (message[at] === 1) Object.assign(sequences, sequenceOf(section));
    else throw new Error(`section kind ${message[at]} is not supported`);
    at += 1 + size;
  }
  return Object.assign(body, sequences);
}

function sequenceOf(section: Buffer): Document {
  const end = section.indexOf(0, 4);
  const documents: Document[] = [];
  for (let at = end + 1; at < section.length; ) {
    const size = section.readInt32LE(at);
    documents.push(decode(section.subarray(at, at + size)));
    at += size;
  }
  return { [section.toString('utf8', 4, end)]: documents };
}

let lastId = 0;

/** The reply's header and body, to be written one after the other. */
export function encodeReply(
  request: Pick<Request, 'id' | 'legacy'>,
  document: Document,
): [Buffer, Uint8Array] {
  const body = encode(document);
  const head = Buffer.alloc(request.legacy ? 36 : 21);
  lastId = (lastId + 1) | 0;
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(lastId, 4);
  head.writeInt32LE(request.id, 8);
  head.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) {
    const AWAIT_CAPABLE = 8;
    head.writeInt32LE(AWAIT_CAPABLE, 16);
    head.writeInt32LE(1, 32);
  }
  return [head, body];
}
