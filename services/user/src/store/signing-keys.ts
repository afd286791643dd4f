import { type Connection, Schema, trusted } from 'mongoose';
import { isDuplicate } from './database.ts';

export interface SigningKeyRecord {
  /** The key's id: its JWK thumbprint. */
  _id: string;
  generation: number;
  signsFrom: Date;
  sealedPrivateKey: string;
  createdAt: Date;
}
const schema = new Schema<SigningKeyRecord>(
  {
    _id: { type: String, required: true },
    generation: { type: Number, required: true },
    signsFrom: { type: Date, required: true },
    sealedPrivateKey: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false },
);

/** Signing keys, their private halves sealed. One per generation, whoever makes it. */
export function openSigningKeys(connection: Connection) {
  const keys = connection.model<SigningKeyRecord>('SigningKey', schema, 'signingKeys');
  return {
    createIndexes: async () => {
      await keys.collection.createIndexes([{ key: { generation: 1 }, unique: true, name: 'generation' }]);
    },
    all: () => keys.find().sort({ generation: 1 }).lean<SigningKeyRecord[]>().exec(),
    /** False when another replica has made this generation. */
    async add(key: SigningKeyRecord): Promise<boolean> {
      try {
        await keys.create(key);
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async remove(kids: readonly string[]): Promise<void> {
      await keys.deleteMany({ _id: trusted({ $in: [...kids] }) });
    },
  };
}
export type SigningKeys = ReturnType<typeof openSigningKeys>;
