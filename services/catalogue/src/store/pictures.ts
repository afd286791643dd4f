import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import type { Images } from './images.ts';
import type { PictureSource } from './importer.ts';

/** Pictures beside the CSV, by relative path. Vector files are ours and trusted; the rest is re-encoded. */
export function picturesInFolder(folder: string, images: Images): PictureSource {
  return async (source) => {
    if (/^[a-z]+:/i.test(source)) return { fault: 'is an address: pictures are not fetched from the web' };
    const path = normalize(source);
    if (path.startsWith('..') || path.startsWith('/'))
      return { fault: 'is not inside the folder of the file' };
    const bytes = await readFile(join(folder, path)).catch(() => undefined);
    if (!bytes) return { fault: 'there is no such file' };
    return { name: path.endsWith('.svg') ? await images.keepVector(bytes) : await images.keepUpload(bytes) };
  };
}

/** Pictures we hold already (an export of ours imported again); nothing is fetched from the web. */
export function picturesKnown(images: Pick<Images, 'read'>): PictureSource {
  return async (source) => {
    const name = source.match(/\/images\/([a-f0-9]{64}\.(?:svg|webp))(?:\?.*)?$/)?.[1];
    if (name && (await images.read(name))) return { name };
    return { fault: 'is not one of our pictures: upload it on the product' };
  };
}
