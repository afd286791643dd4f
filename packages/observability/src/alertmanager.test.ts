import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { alertmanagerConfig, alertmanagerYaml } from './alertmanager.ts';
import { alerts } from './alerts/rule-files.ts';

const slackUrlFile = '/run/secrets/slack-url';
const amtool = (...words: string[]) => {
  const { error, status, stdout, stderr } = spawnSync('amtool', words, { encoding: 'utf8' });
  return { missing: error?.message, status, said: stdout ?? '', complained: stderr ?? '' };
};
const why = amtool('--version').missing;
if (why)
  console.warn(`SKIPPED, routes are not tried: Debian's package prometheus-alertmanager has amtool (${why})`);
const withAmtool = why ? describe.skip : describe;

withAmtool('amtool', () => {
  test('finds nothing wrong, and sends pages and alerts where they belong', () => {
    const folder = mkdtempSync(join(tmpdir(), 'shop-alertmanager-'));
    try {
      const [shown = '', sent = ''] = [{}, { slackUrlFile }].map((options, index) => {
        const file = join(folder, `${index}.yaml`);
        writeFileSync(file, alertmanagerYaml(options));
        return file;
      });
      const { status, complained } = amtool('check-config', shown, sent);
      expect([status, complained]).toEqual([0, '']);
      const receiver = (...labels: string[]) =>
        amtool('config', 'routes', 'test', `--config.file=${sent}`, ...labels).said.trim();
      expect(receiver('alertname=ServiceDown', 'severity=critical')).toBe('pages');
      expect(receiver('alertname=SpansDropped', 'severity=warning')).toBe('alerts');
      expect(receiver('alertname=Watchdog', 'severity=none')).toBe('nobody');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('a message has the severity, the summary and the runbook, and goes to Slack when that is configured', () => {
  const receivers = alertmanagerConfig({ slackUrlFile }).receivers.slice(1);
  for (const receiver of receivers) {
    const [slack] = 'slack_configs' in receiver ? receiver.slack_configs : [];
    expect(slack).toMatchObject({ api_url_file: slackUrlFile, send_resolved: true });
    expect(slack?.title).toContain('.CommonLabels.severity');
    expect(slack?.text).toContain('.Annotations.summary');
    expect(slack?.text).toContain('.Annotations.runbook_url');
  }
  expect(alertmanagerYaml()).not.toMatch(/slack|api_url/);
});

test('inhibitions name alerts that exist', () => {
  const names = alertmanagerConfig().inhibit_rules.flatMap((it) =>
    [...it.source_matchers, ...it.target_matchers].flatMap((matcher) => {
      const [, value = ''] = /^alertname!?=~?"(.*)"$/.exec(matcher) ?? [];
      return value.split('|').filter((name) => name !== '');
    }),
  );
  expect(names.length).toBeGreaterThan(5);
  const known = new Set(alerts.map(({ name }) => name));
  expect(names.filter((name) => !known.has(name))).toEqual([]);
});

test('the cluster has the same', () => {
  const values: unknown = parse(
    readFileSync(join(import.meta.dirname, '../../../valuefiles/kube-prometheus-stack-values.yaml'), 'utf8'),
  );
  const file = '/etc/alertmanager/secrets/alertmanager-slack/url';
  expect(values).toMatchObject({ alertmanager: { config: alertmanagerConfig({ slackUrlFile: file }) } });
});
