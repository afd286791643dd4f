import { createHash } from 'node:crypto';
import { problem } from '@shopstack/kit/problem';
import { type Connection, mongo, Schema } from 'mongoose';
import sharp from 'sharp';

interface ImageRecord {
  _id: string;
  type: string;
  bytes: mongo.Binary;
  createdAt: Date;
}
const schema = new Schema<ImageRecord>(
  { _id: { type: String, required: true }, type: String, bytes: Schema.Types.Buffer, createdAt: Date },
  { strict: 'throw', versionKey: false },
);
const MAX_EDGE = 2560;
/** A picture that would need more memory than this to decode is refused. */
const MAX_PIXELS = 50_000_000;
export type Width = 160 | 320 | 640 | 1280;

/**
 * Pictures by the hash of their content, and the variants that were asked for. Uploads are re-encoded; our own vector
 * illustrations (from the sample catalogue) are served as they are.
 */
export function openImages(connection: Connection) {
  const images = connection.model<ImageRecord>('Image', schema, 'images');
  const read = async (name: string) => {
    const it = await images.collection.findOne({ _id: name as never });
    return it ? { type: String(it.type), bytes: Buffer.from((it.bytes as mongo.Binary).buffer) } : undefined;
  };
  const write = async (name: string, type: string, bytes: Buffer) => {
    await images.collection.updateOne(
      { _id: name as never },
      { $setOnInsert: { type, bytes: new mongo.Binary(bytes), createdAt: new Date() } },
      { upsert: true },
    );
  };
  const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

  return {
    /** Keeps an uploaded picture, re-encoded as WebP; answers its name. @throws Problem `image-unreadable`. */
    async keepUpload(upload: Buffer): Promise<string> {
      const bytes = await sharp(upload, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
        .rotate()
        .resize({ width: MAX_EDGE, height: MAX_EDGE, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 86 })
        .toBuffer()
        .catch((cause: unknown) => {
          throw problem('image-unreadable', undefined, { cause });
        });
      const name = `${hash(bytes)}.webp`;
      await write(name, 'image/webp', bytes);
      return name;
    },
    /** Keeps one of our own illustrations. */
    async keepVector(svg: Buffer): Promise<string> {
      const name = `${hash(svg)}.svg`;
      await write(name, 'image/svg+xml', svg);
      return name;
    },
    /** The picture, narrower when a width is asked for; a variant is made once and kept. */
    async read(name: string, width?: Width): Promise<{ type: string; bytes: Buffer } | undefined> {
      if (width === undefined || name.endsWith('.svg')) return read(name);
      const variant = `${name}@${width}`;
      const known = await read(variant);
      if (known) return known;
      const original = await read(name);
      if (!original) return undefined;
      const bytes = await sharp(original.bytes)
        .resize({ width, withoutEnlargement: true })
        .webp({ quality: 80 })
        .toBuffer();
      await write(variant, 'image/webp', bytes);
      return { type: 'image/webp', bytes };
    },
  };
}
export type Images = ReturnType<typeof openImages>;
