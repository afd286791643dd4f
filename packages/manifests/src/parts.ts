import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { helmFolder } from './charts.ts';
import { helm } from './helm.ts';

/** A chart of the shop with the values it gets beside its own. */
export interface Part {
  chart: string;
  /** Files, the later ones win. */
  files: readonly string[];
  /** `key=value` as after `--set`, which win over files. */
  set?: readonly string[];
  /** The same, always texts. */
  setStrings?: readonly string[];
}

const rendered = new Map<string, ReadonlyMap<string, string>>();

/**
 * Charts as helm renders them, by name: as parts of one chart, for a start of helm costs as much as a rendering. Each gets
 * what it gets alone, with its values under its name. Asked for again, they are not rendered again. @throws HelmError
 */
export function renderParts(namespace: string, parts: readonly Part[]): ReadonlyMap<string, string> {
  const key = JSON.stringify([namespace, parts]);
  const texts = rendered.get(key) ?? textsOf(renderWhole(namespace, parts));
  rendered.set(key, texts);
  return texts;
}

function renderWhole(namespace: string, parts: readonly Part[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'shop-'));
  try {
    writeFileSync(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: shop\nversion: 0.0.0\n');
    mkdirSync(join(folder, 'charts'));
    for (const { chart } of parts) symlinkSync(join(helmFolder, chart), join(folder, 'charts', chart));
    const words = parts.flatMap(({ chart, files, set = [], setStrings = [] }) => [
      ...files.flatMap((file, index) => ['--values', nested(folder, chart, file, index)]),
      ...set.flatMap((it) => ['--set', `${chart}.${it}`]),
      ...setStrings.flatMap((it) => ['--set-string', `${chart}.${it}`]),
    ]);
    return helm('template', 'shop', folder, '--namespace', namespace, ...words);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file of values for one part of the whole. */
function nested(folder: string, chart: string, file: string, index: number): string {
  const path = join(folder, `${chart}-${index}.json`);
  writeFileSync(path, JSON.stringify({ [chart]: parse(readFileSync(file, 'utf8')) as unknown }));
  return path;
}

/** The whole by charts, with the places that helm would name if each were alone. */
function textsOf(whole: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const document of whole.split(/^---\n/m)) {
    const [, chart] = /^# Source: shop\/charts\/([\w-]+)\//.exec(document) ?? [];
    if (chart === undefined) continue;
    const alone = document.replaceAll(`# Source: shop/charts/${chart}/`, `# Source: ${chart}/`);
    texts.set(chart, `${texts.get(chart) ?? ''}---\n${alone}`);
  }
  return texts;
}
