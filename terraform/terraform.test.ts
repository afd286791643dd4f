import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const folder = import.meta.dirname;

function terraform(cwd: string, ...words: string[]) {
  const { TF_CLI_CONFIG_FILE, TF_DATA_DIR, ...environment } = process.env;
  const outcome = spawnSync('terraform', words, {
    cwd,
    encoding: 'utf8',
    env: { ...environment, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
  });
  return { ok: outcome.status === 0, text: `${outcome.stdout ?? ''}${outcome.stderr ?? ''}` };
}

/** A folder that has the pinned provider: nothing is downloaded for a test. */
function findProvider(): string | undefined {
  const version = /version = "([\d.]+)"/.exec(readFileSync(join(folder, 'versions.tf'), 'utf8'))?.[1];
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
  return mirrors.find(
    (mirror) => mirror && existsSync(join(mirror, 'registry.terraform.io/hashicorp/aws', `${version}`)),
  );
}

const hasTerraform = terraform(folder, 'version').ok;
const mirror = hasTerraform ? findProvider() : undefined;
const why = hasTerraform
  ? mirror
    ? undefined
    : 'the pinned AWS provider is in no local folder (run `terraform init -backend=false` in terraform/, or set TF_PLUGIN_MIRROR)'
  : 'terraform is not on PATH';
if (why) process.stdout.write(`terraform: skipped, ${why}\n`);
const withTerraform = hasTerraform ? test : test.skip;
const withProvider = mirror ? test : test.skip;

withTerraform('files are formatted', () => {
  const { ok, text } = terraform(folder, 'fmt', '-check', '-recursive', '-diff');
  expect({ ok, text }).toEqual({ ok: true, text: '' });
});

describe('with the provider', () => {
  let copy = '';

  beforeAll(() => {
    if (!mirror) return;
    copy = mkdtempSync(join(tmpdir(), 'terraform-'));
    const wanted = (path: string) => !['.terraform', '.terraform.lock.hcl'].includes(basename(path));
    cpSync(folder, copy, { recursive: true, filter: wanted });
    const init = terraform(
      copy,
      'init',
      '-backend=false',
      '-input=false',
      `-plugin-dir=${mirror}`,
      '-no-color',
    );
    if (!init.ok) throw new Error(init.text);
  }, 120_000);

  afterAll(() => {
    if (copy) rmSync(copy, { recursive: true, force: true });
  });

  withProvider(
    'the configuration is valid',
    () => {
      const { ok, text } = terraform(copy, 'validate', '-no-color');
      expect({ ok, text: ok ? '' : text }).toEqual({ ok: true, text: '' });
    },
    120_000,
  );

  withProvider(
    'the rules of tests/*.tftest.hcl hold',
    () => {
      const { ok, text } = terraform(copy, 'test', '-no-color');
      expect({ ok, text: ok ? '' : text }).toEqual({ ok: true, text: '' });
      expect(Number(/(\d+) passed/.exec(text)?.[1])).toBeGreaterThanOrEqual(5);
    },
    400_000,
  );

  for (const environment of ['staging', 'preprod']) {
    withProvider(
      `${environment} has every value it needs`,
      () => {
        const words = ['-test-directory=tests/environments', `-var-file=environments/${environment}.tfvars`];
        const { ok, text } = terraform(copy, 'test', '-no-color', ...words);
        expect({ ok, text: ok ? '' : text }).toEqual({ ok: true, text: '' });
      },
      120_000,
    );
  }
});
