import type { Collection } from './store/collection.ts';
import type { IndexTree } from './store/index-tree.ts';
import { beginningWith } from './store/sorted-entries.ts';
import type { Store } from './store/store.ts';

/** Removes what the TTL indexes say is past its time. */
export function expireDocuments(store: Store, now = Date.now()): void {
  for (const database of store.databaseNames()) {
    for (const collection of store.collections(database)) {
      for (const index of collection.indexes.values()) expireBy(index, collection, now);
    }
  }
}

/** Only dates expire, so the range of the index that is read holds dates only. */
function expireBy(index: IndexTree, collection: Collection, now: number): void {
  const { expireAfterSeconds } = index.spec;
  if (expireAfterSeconds === undefined) return;
  const earliest = index.encodeField(new Date(-8.64e15), 0);
  const limit = index.encodeField(new Date(now - expireAfterSeconds * 1000), 0);
  const [from, to] = earliest < limit ? [earliest, limit] : [limit, earliest];
  for (const id of [...index.entries.ids({ from, to: beginningWith(to).to })]) {
    const document = collection.records.get(id);
    if (document) collection.remove(document);
  }
}
