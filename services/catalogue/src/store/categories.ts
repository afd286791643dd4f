import { type Connection, Schema } from 'mongoose';

export interface CategoryRecord {
  _id: string;
  name: string;
  parent: string | null;
  position: number;
}
const schema = new Schema<CategoryRecord>(
  { _id: { type: String, required: true }, name: String, parent: String, position: Number },
  { strict: 'throw', versionKey: false },
);
const RELOAD_MS = 5000;

/** The category tree: small, so it is held in memory and read again every few seconds. */
export async function openCategories(connection: Connection) {
  const categories = connection.model<CategoryRecord>('Category', schema, 'categories');
  let known: readonly CategoryRecord[] = [];
  const reload = async () => {
    known = await categories.find().sort({ position: 1, _id: 1 }).lean<CategoryRecord[]>().exec();
  };
  await reload();
  const timer = setInterval(() => void reload().catch(() => undefined), RELOAD_MS).unref();

  return {
    all: (): readonly CategoryRecord[] => known,
    label: (slug: string): string => known.find((it) => it._id === slug)?.name ?? slug,
    /** Makes sure that a category of this name exists; answers its slug. */
    async open(slug: string, name: string): Promise<void> {
      if (known.some((it) => it._id === slug)) return;
      await categories.updateOne(
        { _id: slug },
        { $setOnInsert: { name, parent: null, position: known.length } },
        { upsert: true },
      );
      await reload();
    },
    close: () => clearInterval(timer),
  };
}
export type Categories = Awaited<ReturnType<typeof openCategories>>;
