import { decodeCursor, pageOf } from '@shopstack/kit/page';
import { type Connection, Schema, trusted } from 'mongoose';
import { z } from 'zod';
import { remember, sessionExpiry, type TokenState } from '../domain/refreshing.ts';

export interface SessionRecord extends TokenState {
  /** The session's id, which access tokens carry as `sid`: one family of refresh tokens. */
  _id: string;
  userId: string;
  /** The account's epoch when the session began; see Account. */
  epoch: number;
  device: string;
  createdAt: Date;
  lastUsedAt: Date;
}
const schema = new Schema<SessionRecord>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    epoch: { type: Number, required: true },
    device: { type: String, required: true },
    tokenHash: { type: String, required: true },
    used: [new Schema({ hash: String, salt: String, at: Date }, { _id: false })],
    createdAt: { type: Date, required: true },
    lastUsedAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false },
);

/** An access token lives ten minutes; one more covers the request that was signing it when the session ended. */
const ENDED_SHOWN_MS = 11 * 60_000;
const Cursor = z.tuple([z.string()]);
export interface SessionLimits {
  idleMs: number;
  longestMs: number;
}

/** Sign-ins. `onEnded` hears of every session that ends here, before the caller does. */
export function openSessions(
  connection: Connection,
  options: { limits: SessionLimits; onEnded: (sids: readonly string[]) => void },
) {
  const sessions = connection.model<SessionRecord>('Session', schema, 'sessions');
  const end = async (
    filter: Partial<Pick<SessionRecord, '_id' | 'userId'>>,
    except?: string,
  ): Promise<number> => {
    const open = { ...filter, endedAt: null };
    const found = await sessions.find(open, { _id: 1 }).lean<{ _id: string }[]>().exec();
    const sids = found.map((it) => it._id).filter((sid) => sid !== except);
    if (sids.length === 0) return 0;
    const now = Date.now();
    const ended = { endedAt: new Date(now), expiresAt: new Date(now + 2 * ENDED_SHOWN_MS) };
    await sessions.updateMany({ _id: trusted({ $in: sids }), endedAt: null }, { $set: ended });
    options.onEnded(sids);
    return sids.length;
  };

  return {
    createIndexes: async () => {
      await sessions.collection.createIndexes([
        { key: { userId: 1, _id: -1 }, name: 'owner' },
        { key: { endedAt: 1 }, name: 'ended' },
        { key: { expiresAt: 1 }, name: 'expiry', expireAfterSeconds: 0 },
      ]);
    },
    byId: (sid: string) => sessions.findById(sid).lean<SessionRecord>().exec(),
    async begin(it: Pick<SessionRecord, '_id' | 'userId' | 'epoch' | 'device' | 'tokenHash'>) {
      const now = new Date();
      const expiresAt = sessionExpiry(now, now, options.limits);
      await sessions.create({ ...it, createdAt: now, lastUsedAt: now, expiresAt });
      return { expiresAt };
    },
    /** Exchanges the current token for the next; undefined when it is not the current one or the session ended. */
    async rotate(session: SessionRecord, next: { tokenHash: string; salt: string; now: Date }) {
      const expiresAt = sessionExpiry(session.createdAt, next.now, options.limits);
      const done = await sessions.updateOne(
        { _id: session._id, tokenHash: session.tokenHash, endedAt: null },
        {
          $set: {
            tokenHash: next.tokenHash,
            used: remember(session, next.salt, next.now),
            lastUsedAt: next.now,
            expiresAt,
          },
        },
      );
      return done.modifiedCount === 1 ? { expiresAt } : undefined;
    },
    async keep(sid: string, epoch: number): Promise<void> {
      await sessions.updateOne({ _id: sid, endedAt: null }, { $set: { epoch } });
    },
    end: (sid: string) => end({ _id: sid }),
    /** False when the user has no such open session. */
    endOne: async (userId: string, sid: string): Promise<boolean> => (await end({ _id: sid, userId })) === 1,
    endAll: (userId: string) => end({ userId }),
    endOthers: (userId: string, kept: string) => end({ userId }, kept),
    /** Whose access tokens may still be about. */
    async recentlyEnded(): Promise<string[]> {
      const since = new Date(Date.now() - ENDED_SHOWN_MS);
      const rows = await sessions
        .find({ endedAt: trusted({ $gt: since }) }, { _id: 1 })
        .lean<{ _id: string }[]>()
        .exec();
      return rows.map((it) => it._id);
    },
    /** Open sessions, the newest first. */
    async listOf(userId: string, page: { limit: number; cursor?: string | undefined }) {
      const before = decodeCursor(Cursor, page.cursor)?.[0];
      const rows = await sessions
        .find({
          userId,
          endedAt: null,
          expiresAt: trusted({ $gt: new Date() }),
          ...(before === undefined ? {} : { _id: trusted({ $lt: before }) }),
        })
        .sort({ _id: -1 })
        .limit(page.limit + 1)
        .lean<SessionRecord[]>()
        .exec();
      return pageOf(rows, page.limit, (last) => [last._id]);
    },
  };
}
export type Sessions = ReturnType<typeof openSessions>;
