// npm run messages: docs/asyncapi.json and docs/messages.md; with --release also what the next one is compared with.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allMessages, asyncApi, dataSchema } from '@shopstack/bus/asyncapi';
import { messageReference } from '@shopstack/bus/message-reference';

const repository = join(import.meta.dirname, '..');
const write = (path: string, text: string) => writeFileSync(join(repository, path), text);
const pretty = (it: unknown) => `${JSON.stringify(it, null, 1)}\n`;
const { version }: { version: string } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));

write('docs/asyncapi.json', pretty(asyncApi(version)));
write('docs/messages.md', messageReference());
if (process.argv.includes('--release')) {
  write(
    'docs/releases/messages.json',
    pretty(Object.fromEntries(allMessages.map((it) => [it.type, dataSchema(it)]))),
  );
}
