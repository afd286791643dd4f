import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocuments } from '../../packages/manifests/src/rendering.ts';
import { type Mapping, mapping } from '../../packages/manifests/src/yaml-value.ts';

export const repository = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(repository, file), 'utf8');
const root = 'docker-compose.yaml';

/** The root's file and those it includes, as they are written. */
export const composeTexts: readonly string[] = [
  root,
  ...[...read(root).matchAll(/^ {2}- \{ path: (\S+), project_directory: \. \}$/gm)].map(
    ([, path = '']) => path,
  ),
].map(read);

interface Use {
  name: string;
  value: string;
}
const innermost = /(?<!\$)\$\{([A-Z_]+):-([^{}]*)\}/g;

/** With the default of every `${NAME:-default}`, which may hold another; `$$` is a dollar. */
function filled(text: string, used: (use: Use) => void = () => undefined): string {
  const next = text.replaceAll(innermost, (_, name: string, value: string) => {
    used({ name, value });
    return value;
  });
  return next === text ? text : filled(next, used);
}

/** Every use of a variable in all files. */
export const uses: readonly Use[] = composeTexts.flatMap((text) => {
  const found: Use[] = [];
  filled(text, (use) => found.push(use));
  return found;
});

/** Every service of all files, with what it is merged from. */
export const composeServices: ReadonlyMap<string, Mapping> = new Map(
  composeTexts
    .flatMap((text) => readDocuments(text))
    .flatMap((document) => Object.entries(mapping(document.services)))
    .map(([name, service]) => [name, merged(mapping(service))]),
);

/** What a container finds in its environment when there is no .env. */
export function environmentOf(service: string): Record<string, string> {
  const environment = merged(mapping(composeServices.get(service)?.environment));
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, filled(String(value))]),
  );
}

function merged({ '<<': base, ...own }: Mapping): Mapping {
  return base === undefined ? own : { ...merged(mapping(base)), ...own };
}
