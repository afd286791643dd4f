import { AFTER } from '../values/keys.ts';

const MAX_CHUNK = 512;
const ID_UNITS = 4;

/** Where a scan begins and ends: from every entry with this key or above, to every entry below or with the other. */
export interface KeyRange {
  from: string;
  to: string;
}

/** Every entry that begins with these fields. */
export const beginningWith = (key: string): KeyRange => ({ from: key, to: key + AFTER });

/** An ordered multimap from keys to record ids: chunks of sorted text, each entry a key and its id. */
export class SortedEntries {
  #chunks: string[][] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(key: string, id: number): void {
    const entry = key + encodeId(id);
    const at = this.#chunkOf(entry);
    const chunk = this.#chunks[at];
    if (!chunk) {
      const last = this.#chunks.at(-1);
      if (last) last.push(entry);
      else this.#chunks.push([entry]);
      this.#split(this.#chunks.length - 1);
    } else {
      const index = lowerBound(chunk, entry);
      if (chunk[index] === entry) return;
      chunk.splice(index, 0, entry);
      this.#split(at);
    }
    this.#size++;
  }

  remove(key: string, id: number): void {
    const entry = key + encodeId(id);
    const at = this.#chunkOf(entry);
    const chunk = this.#chunks[at];
    const index = chunk ? lowerBound(chunk, entry) : -1;
    if (!chunk || chunk[index] !== entry) return;
    chunk.splice(index, 1);
    if (chunk.length === 0) this.#chunks.splice(at, 1);
    this.#size--;
  }

  /** Record ids in key order, entries of one key in the order of their ids. */
  *ids({ from, to }: KeyRange): Generator<number> {
    let at = this.#chunkOf(from);
    let index = lowerBound(this.#chunks[at] ?? [], from);
    for (let chunk = this.#chunks[at]; chunk; chunk = this.#chunks[++at], index = 0) {
      for (; index < chunk.length; index++) {
        const entry = chunk[index] ?? '';
        if (entry >= to) return;
        yield decodeId(entry);
      }
    }
  }

  *idsBackwards({ from, to }: KeyRange): Generator<number> {
    let at = Math.min(this.#chunkOf(to), this.#chunks.length - 1);
    let index = lowerBound(this.#chunks[at] ?? [], to) - 1;
    while (at >= 0) {
      const chunk = this.#chunks[at] ?? [];
      for (; index >= 0; index--) {
        const entry = chunk[index] ?? '';
        if (entry < from) return;
        yield decodeId(entry);
      }
      at--;
      index = (this.#chunks[at]?.length ?? 0) - 1;
    }
  }

  count({ from, to }: KeyRange): number {
    const first = this.#chunkOf(from);
    const last = this.#chunkOf(to);
    const start = lowerBound(this.#chunks[first] ?? [], from);
    const end = lowerBound(this.#chunks[last] ?? [], to);
    if (first === last) return Math.max(0, end - start);
    let count = (this.#chunks[first]?.length ?? 0) - start + end;
    for (let at = first + 1; at < last; at++) count += this.#chunks[at]?.length ?? 0;
    return Math.max(0, count);
  }

  /** The first chunk whose last entry is not below the given one. */
  #chunkOf(entry: string): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#chunks[middle]?.at(-1) ?? '') < entry) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #split(at: number): void {
    const chunk = this.#chunks[at];
    if (!chunk || chunk.length <= MAX_CHUNK) return;
    const appending = at === this.#chunks.length - 1;
    this.#chunks.splice(at + 1, 0, chunk.splice(appending ? MAX_CHUNK - 8 : MAX_CHUNK >>> 1));
  }
}

function lowerBound(entries: readonly string[], wanted: string): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Four units of 15 bits: every unit stays below AFTER, and 60 bits hold any safe integer. */
function encodeId(id: number): string {
  const high = Math.floor(id / 0x40000000);
  return String.fromCharCode(high >>> 15, high & 0x7fff, (id >>> 15) & 0x7fff, id & 0x7fff);
}

function decodeId(entry: string): number {
  const at = entry.length - ID_UNITS;
  const high = entry.charCodeAt(at) * 0x8000 + entry.charCodeAt(at + 1);
  return high * 0x40000000 + entry.charCodeAt(at + 2) * 0x8000 + entry.charCodeAt(at + 3);
}
