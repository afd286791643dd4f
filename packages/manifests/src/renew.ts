// node packages/manifests/src/renew.ts: writes values.schema.json of every chart and the golden renderings anew.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { goldenFiles, type MadeFile, schemaFiles } from './renewal.ts';

const write = (files: readonly MadeFile[]): number => {
  for (const { file, text } of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return files.length;
};
// Schemas first: helm checks values against them while it renders.
console.log(`${write(schemaFiles())} values schemas`);
console.log(`${write(goldenFiles())} golden renderings`);
