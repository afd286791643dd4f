import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { burningCases } from './alerts/burning.cases.ts';
import type { Case, CaseFile, Firing } from './alerts/case.ts';
import { messageCases } from './alerts/messages.cases.ts';
import { orderCases } from './alerts/orders.cases.ts';
import { alerts } from './alerts/rule-files.ts';
import { serviceCases } from './alerts/services.cases.ts';
import { storeCases } from './alerts/stores.cases.ts';

const rules = join(import.meta.dirname, '../rules');
const ruleFiles = readdirSync(rules).map((name) => join(rules, name));
const caseFiles: readonly CaseFile[] = [serviceCases, storeCases, messageCases, orderCases, burningCases];
const cases = caseFiles.flatMap((it) => it.cases);

/** For short programs in Go: a third of their time is collecting garbage that their end frees anyway. */
const sparing = { ...process.env, GOGC: 'off', GOMEMLIMIT: '512MiB' };

/** Words of a program, or why it does not run here. */
const run = (program: string, ...words: string[]) => {
  const { error, status, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8', env: sparing });
  return { missing: error?.message, status, said: `${stdout ?? ''}${stderr ?? ''}` };
};
const why = run('promtool', '--version').missing;
if (why) console.warn(`SKIPPED, rules are not run: Debian's package prometheus has promtool (${why})`);
const withPromtool = why ? describe.skip : describe;

const labelsText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',');
function sampleOf({ alert, labels }: Firing) {
  const severity = alerts.find(({ name }) => name === alert)?.severity ?? 'no such alert';
  const all = { alertname: alert, alertstate: 'firing', severity, ...labels };
  return { labels: `ALERTS{${labelsText(all)}}`, value: 1 };
}
const testOf = ({ name, series, checks }: Case, always: CaseFile['always']) => ({
  name,
  interval: '1m',
  input_series: Object.entries({ ...always, ...series }).map(([it, values]) => ({ series: it, values })),
  promql_expr_test: checks.map(({ at, fires }) => ({
    expr: 'ALERTS{alertstate="firing"}',
    eval_time: `${at}m`,
    exp_samples: fires.map(sampleOf),
  })),
});

function writeCases(
  folder: string,
  { rules: name, always, evaluation = '1m', cases: some }: CaseFile,
): string {
  const file = join(folder, `${name}.yaml`);
  const tested = join(rules, `${name}.yaml`);
  const { groups } = parse(readFileSync(tested, 'utf8')) as { groups: { name: string }[] };
  const text = {
    rule_files: [tested],
    evaluation_interval: evaluation,
    // Else any order, and an alert sees what is recorded for it now or a minute later.
    group_eval_order: groups.map((it) => it.name),
    tests: some.map((it) => testOf(it, always)),
  };
  writeFileSync(file, stringify(text, { aliasDuplicateObjects: false, lineWidth: 0 }));
  return file;
}

withPromtool('promtool', () => {
  test('finds nothing wrong with the rules', () => {
    const { status, said } = run('promtool', 'check', 'rules', ...ruleFiles);
    expect([status, said.match(/lint|FAILED/g)]).toEqual([0, null]);
  });

  test(`sees in ${cases.length} cases that what should fires, and nothing else`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'shop-rules-'));
    try {
      const files = caseFiles.map((it) => writeCases(folder, it));
      const { status, said } = run('promtool', 'test', 'rules', ...files);
      expect([said.match(/FAILED:.*/gs), status]).toEqual([null, 0]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

const key = (name: string, slo: string | undefined): string => (slo ? `${name} of ${slo}` : name);
const all = [...new Set(alerts.map(({ name, labels }) => key(name, labels?.slo)))];
const checks = cases.flatMap(({ about, checks: its }) => its.map((check) => ({ ...check, about })));
const fired = new Map(
  checks.flatMap(({ fires }) => fires.map((it) => [key(it.alert, it.labels.slo), it] as const)),
);

test.each(all)('%s fires in a case, and stays quiet in one that is about it', (it) => {
  const [name = ''] = it.split(' of ');
  expect(fired.has(it)).toBe(true);
  const quiet = checks.filter(
    ({ about, fires }) => about.includes(name) && !fires.some(({ alert }) => alert === name),
  );
  expect(quiet.length).toBeGreaterThan(0);
});

test('what a text names is a label that the alert has', () => {
  const unknown = alerts.flatMap(({ name, labels, summary, description }) => {
    const has = fired.get(key(name, labels?.slo))?.labels ?? {};
    return [...`${summary} ${description}`.matchAll(/\$labels\.(\w+)/g)]
      .map(([, label = '']) => label)
      .filter((label) => !(label in has))
      .map((label) => `${name}: ${label}`);
  });
  expect(unknown).toEqual([]);
});

test('every rule file has cases', () => {
  expect(readdirSync(rules).sort()).toEqual(caseFiles.map((it) => `${it.rules}.yaml`).sort());
});
