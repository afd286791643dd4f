import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { metrics } from '@shopstack/contracts/telemetry/metrics';
import { kebab } from './alerts/alert.ts';
import { foreignSeries } from './alerts/foreign.ts';
import { alerts } from './alerts/rule-files.ts';
import { generatedFiles, repository } from './generated.ts';
import { objectives } from './objectives/objectives.ts';
import { recordingRules } from './objectives/recording.ts';

const rules = recordingRules(objectives);
const recorded = new Set(rules.map(({ record }) => record));

test.each([...generatedFiles()])(
  '%s is what node packages/observability/src/renew.ts makes',
  (path, text) => {
    expect(existsSync(join(repository, path)) && readFileSync(join(repository, path), 'utf8')).toBe(text);
  },
);

test('every alert has a runbook, and every runbook an alert', () => {
  const pages = readdirSync(join(repository, 'docs/runbooks')).filter((name) => name !== 'README.md');
  const wanted = new Set(alerts.map(({ name }) => `${kebab(name)}.md`));
  expect(pages.sort()).toEqual([...wanted].sort());
});

test.each(readdirSync(join(repository, 'docs/runbooks')))('%s names metrics that exist', (name) => {
  const text = readFileSync(join(repository, 'docs/runbooks', name), 'utf8');
  const asked = text.match(/\b(?:shop_[a-z_]+[a-z]|slo:[\w:]+)/g) ?? [];
  expect(asked.filter((it) => !isKnown(it))).toEqual([]);
});

test('rules ask for registered metrics, for those of a known exporter, and for each other', () => {
  const expressions = [...alerts, ...rules].map(({ expr }) => expr);
  const asked = new Set(expressions.flatMap((it) => it.match(/[a-zA-Z_:][\w:]*(?=\{)/g) ?? []));
  expect(asked.size).toBeGreaterThan(25);
  expect([...asked].filter((it) => !isKnown(it))).toEqual([]);
  expect(Object.keys(foreignSeries).filter((it) => !asked.has(it))).toEqual([]);
});

test('every selector names the job, so that a chart can put its namespace beside it', () => {
  for (const { expr } of [...alerts, ...rules]) {
    const bare = expr.replaceAll(/"[^"]*"/g, '""');
    const selectors = bare.match(/\{[^}]*/g) ?? [];
    expect(selectors.length).toBeGreaterThan(0);
    expect(selectors.filter((it) => !/^\{job=~?""/.test(it))).toEqual([]);
    expect(bare.match(/\w\[\d/g)).toBeNull();
  }
});

test('an alert says in its texts what its reader needs', () => {
  for (const { name, summary, description, meaning, fires } of alerts) {
    expect(name).toMatch(/^(?:[A-Z][a-z]+)+$/);
    for (const text of [summary, description, meaning, fires]) expect(text.length).toBeGreaterThan(10);
    expect(`${summary} ${description}`).not.toContain('job=');
  }
});

function isKnown(name: string): boolean {
  const base = name.replace(/_(?:bucket|sum|count)$/, '');
  return [name, base].some((it) => it in metrics) || name in foreignSeries || recorded.has(name);
}
