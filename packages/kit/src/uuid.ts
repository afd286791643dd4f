import { randomFillSync } from 'node:crypto';

let lastMs = 0;
let sequence = 0;

/** A UUID v7 (RFC 9562): sorts by creation time, also among ids made in the same millisecond by this process. */
export function uuidv7(nowMs: number = Date.now()): string {
  const bytes = randomFillSync(Buffer.alloc(16));
  if (nowMs > lastMs) {
    lastMs = nowMs;
    sequence = bytes.readUInt16BE(6) & 0x07ff;
  } else if (++sequence > 0x0fff) {
    lastMs++;
    sequence = 0;
  }
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | sequence, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
