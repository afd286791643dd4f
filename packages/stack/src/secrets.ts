import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readStringRecord } from './json.ts';

const words = (
  'amber anchor autumn basil birch bridge cedar cherry cinder clover copper coral cotton daisy ember falcon ' +
  'fern field forest garden ginger harbour hazel heron indigo ivory jasper juniper lantern laurel lemon linen ' +
  'maple marble meadow mellow misty north ocean olive opal orchard otter pebble pepper pine plum poppy quartz ' +
  'raven river saffron sage silver spruce summer thistle timber velvet violet walnut willow winter'
).split(' ');

export interface Secrets {
  /** 192 random bits as URL-safe text. */
  password(name: string): string;
  /** 32 random bytes in base64. */
  key(name: string): string;
  /** Four words and a number: random, and can be typed. */
  phrase(name: string): string;
}

/** Random secrets by name, made when first asked for and kept in one file that only its owner can read. */
export function openSecrets(file: string): Secrets {
  const known = existsSync(file) ? readStringRecord(readFileSync(file, 'utf8')) : {};
  const secret = (name: string, make: () => string): string => {
    const existing = known[name];
    if (existing !== undefined) return existing;
    const made = make();
    known[name] = made;
    writeFileSync(`${file}.new`, `${JSON.stringify(known, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return made;
  };
  return {
    password: (name) => secret(name, () => randomBytes(24).toString('base64url')),
    key: (name) => secret(name, () => randomBytes(32).toString('base64')),
    phrase: (name) => secret(name, randomPhrase),
  };
}

function randomPhrase(): string {
  const chosen = Array.from({ length: 4 }, () => words[randomInt(words.length)]);
  return `${chosen.join('-')}-${randomInt(10, 100)}`;
}
