import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const folder = import.meta.dirname;
const environments = ['staging', 'preprod'];

/** Fewer garbage collections: the provider's schema makes much garbage, and a third of the time was this. */
const sparing = { GOGC: 'off', GOMEMLIMIT: '1GiB', CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };

function terraform(cwd: string, words: string[], more: Record<string, string> = {}) {
  const { TF_CLI_CONFIG_FILE, TF_DATA_DIR, ...environment } = process.env;
  const env = { ...environment, ...sparing, ...more };
  const outcome = spawnSync('terraform', words, { cwd, encoding: 'utf8', env });
  return { ok: outcome.status === 0, text: `${outcome.stdout ?? ''}${outcome.stderr ?? ''}` };
}

/** The folder of the pinned provider's program: nothing is downloaded for a test. */
function findProvider(): string | undefined {
  const version = /version = "([\d.]+)"/.exec(readFileSync(join(folder, 'versions.tf'), 'utf8'))?.[1];
  const system = `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const mirrors = [
    process.env.TF_PLUGIN_MIRROR,
    join(folder, '.terraform/providers'),
    process.env.TF_PLUGIN_CACHE_DIR,
    join(homedir(), '.terraform.d/plugins'),
    join(homedir(), '.terraform.d/plugin-cache'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
    ...globSync('/opt/*'),
  ];
  return mirrors
    .map((mirror) => join(mirror ?? '', `registry.terraform.io/hashicorp/aws/${version}/${system}`))
    .find((path) => existsSync(path));
}

const hasTerraform = terraform(folder, ['version']).ok;
const provider = hasTerraform ? findProvider() : undefined;
const why = hasTerraform
  ? provider
    ? undefined
    : 'the pinned AWS provider is in no local folder (run `terraform init -backend=false` in terraform/, or set TF_PLUGIN_MIRROR)'
  : 'terraform is not on PATH';
if (why) process.stdout.write(`terraform: skipped, ${why}\n`);
const withTerraform = hasTerraform ? test : test.skip;
const withProvider = provider ? test : test.skip;

withTerraform('files are formatted', () => {
  const { ok, text } = terraform(folder, ['fmt', '-check', '-recursive', '-diff']);
  expect({ ok, text }).toEqual({ ok: true, text: '' });
});

test('there is a repository for every image that is built', () => {
  const images = /variable "images" \{[^}]*default = \[([^\]]*)\]/.exec(
    readFileSync(join(folder, 'variables.tf'), 'utf8'),
  )?.[1];
  const named = [...(images ?? '').matchAll(/"([a-z]+)"/g)].map(([, name = '']) => name);
  const built = globSync(['{web,mongo,mysql}/Dockerfile', '{services,packages}/*/Dockerfile'], {
    cwd: dirname(folder),
  }).map((file) => basename(dirname(file)));
  expect(named).toEqual([...new Set(named)]);
  expect(built.filter((image) => !named.includes(image))).toEqual([]);
});

describe('with the provider', () => {
  let copy = '';

  /** One process for all: an environment's test is `tests/environments` with its values written into it. */
  beforeAll(() => {
    if (!provider) return;
    copy = mkdtempSync(join(tmpdir(), 'terraform-'));
    const wanted = (path: string) => !['.terraform', '.terraform.lock.hcl'].includes(basename(path));
    cpSync(folder, copy, { recursive: true, filter: wanted });
    const text = (file: string) => readFileSync(join(folder, file), 'utf8');
    for (const environment of environments) {
      const values = `variables {\n${text(`environments/${environment}.tfvars`)}}\n`;
      const rules = text('tests/environments/complete.tftest.hcl');
      writeFileSync(join(copy, `tests/${environment}.tftest.hcl`), `${values}${rules}`);
    }
    // Not by `terraform init`: it and every command after it would read all 700 MB of the provider for their sum.
    const overrides = `dev_overrides {\n"hashicorp/aws" = ${JSON.stringify(provider)}\n}`;
    writeFileSync(join(copy, 'cli.tfrc'), `provider_installation {\n${overrides}\n}\n`);
  });

  afterAll(() => {
    if (copy) rmSync(copy, { recursive: true, force: true });
  });

  withProvider(
    'the configuration is valid, refuses wrong values, keeps the rules, and each environment has all it needs',
    () => {
      const words = ['test', '-no-color'];
      const { ok, text } = terraform(copy, words, { TF_CLI_CONFIG_FILE: join(copy, 'cli.tfrc') });
      expect({ ok, text: ok ? '' : text }).toEqual({ ok: true, text: '' });
      const passed = [...text.matchAll(/^tests\/(\w+)\.tftest\.hcl\.\.\. pass$/gm)].map(([, name]) => name);
      expect(passed.sort()).toEqual(['refusals', 'shop', ...environments].sort());
    },
    400_000,
  );
});
