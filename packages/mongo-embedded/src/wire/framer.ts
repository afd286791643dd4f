const HEADER_BYTES = 16;
const MAX_MESSAGE_BYTES = 48_000_000;

/** Cuts a connection's bytes into whole messages. */
export class Framer {
  #chunks: Buffer[] = [];
  #length = 0;

  /** @throws Error for a length no message can have; the connection is beyond repair then. */
  *push(chunk: Buffer): Generator<Buffer> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    for (let size = this.#nextSize(); size <= this.#length; size = this.#nextSize()) yield this.#take(size);
  }

  #nextSize(): number {
    if (this.#length < HEADER_BYTES) return Number.POSITIVE_INFINITY;
    const size = this.#joined(HEADER_BYTES).readInt32LE(0);
    if (size < HEADER_BYTES || size > MAX_MESSAGE_BYTES)
      throw new Error(`a message of ${size} bytes was announced`);
    return size;
  }

  #take(size: number): Buffer {
    const head = this.#joined(size);
    this.#length -= size;
    if (head.length > size) this.#chunks[0] = head.subarray(size);
    else this.#chunks.shift();
    return head.subarray(0, size);
  }

  /** The first chunk, at least `size` bytes long. */
  #joined(size: number): Buffer {
    const [first] = this.#chunks;
    if (first && first.length >= size) return first;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}
