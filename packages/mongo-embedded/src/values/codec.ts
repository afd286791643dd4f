import { BSON, type DBRef, type Double, type Int32 } from 'bson';
import { CommandError, notSupported } from '../errors.ts';
import { type Document, isDocument } from './document.ts';
import { isInt32 } from './kinds.ts';

const decoding = {
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  bsonRegExp: true,
} as const;
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/**
 * Reads BSON. Numbers become JavaScript numbers where that keeps their BSON type, else Long or Double.
 * @throws CommandError 115 for types this server does not hold (Decimal128, code, symbols).
 */
export function decode(bytes: Uint8Array): Document {
  const document: unknown = native(BSON.deserialize(bytes, decoding));
  if (!isDocument(document)) throw new CommandError(22, 'a document was expected');
  sizes.set(document, bytes.length);
  return document;
}

const sizes = new WeakMap<Document, number>();

/** The document's length in bytes, known beforehand for stored ones. */
export const sizeOf = (document: Document): number =>
  sizes.get(document) ?? BSON.calculateObjectSize(document, { ignoreUndefined: true });

export const encode = (document: Document): Uint8Array => BSON.serialize(document, { ignoreUndefined: true });

/** As encode, for documents to be stored: at most 16 MiB. */
export function encodeStored(document: Document): Uint8Array {
  const bytes = encode(document);
  sizes.set(document, bytes.length);
  if (bytes.length <= MAX_DOCUMENT_BYTES) return bytes;
  throw new CommandError(
    10334,
    `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and 16793600(16MB)`,
  );
}

function native(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = native(value[i]);
    return value;
  }
  if (!isDocument(value)) return nativeBson(value);
  for (const name of Object.keys(value)) {
    const item = value[name];
    if (typeof item === 'object' && item !== null) value[name] = native(item);
  }
  return value;
}

function nativeBson(value: object): unknown {
  const bson = value as { _bsontype?: string };
  switch (bson._bsontype) {
    case 'Int32':
      return (value as Int32).value;
    case 'Double':
      return isInt32((value as Double).value) ? value : (value as Double).value;
    case 'Decimal128':
      throw notSupported('Decimal128');
    case 'Code':
    case 'BSONSymbol':
      throw notSupported(`BSON type ${bson._bsontype}`);
    case 'DBRef':
      return fromReference(value as DBRef);
    default:
      return value;
  }
}

function fromReference(reference: DBRef): unknown {
  const { collection, oid, db, fields } = reference;
  return native({ $ref: collection, $id: oid, ...(db ? { $db: db } : {}), ...fields });
}
