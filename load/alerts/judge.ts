import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { alertmanagerConfig } from '@shopstack/observability/alertmanager';
import { repository } from '@shopstack/stack/layout';
import type { Expectation } from './cases.ts';
import { type ActiveAlert, type AlertRule, activeAmong, rulesAt } from './prometheus.ts';
import type { Slack, SlackMessage } from './slack.ts';
import type { Verdict } from './verdict.ts';

/** Scrape and evaluation, 5 s each, and what a busy machine adds. */
const ALLOWANCE_S = 20;
const LOOKS_EVERY_MS = 1000;
const { route } = alertmanagerConfig();

const severityOf = (rule: AlertRule | undefined): string => rule?.labels?.severity ?? '';
const waitOf = (severity: string): number =>
  seconds(
    route.routes.find(({ matchers }) => matchers.includes(`severity="${severity}"`))?.group_wait ??
      route.group_wait,
  );
const seconds = (text: string): number =>
  Number.parseFloat(text) * ({ s: 1, m: 60, h: 3600 }[text.at(-1) ?? 's'] ?? 1);
const since = (began: number): number => (performance.now() - began) / 1000;

/** Judges what one fault raises; its time begins now. */
export function openJudge({
  fault,
  prometheusUrl,
  slack,
}: {
  fault: string;
  prometheusUrl: string;
  slack: Slack;
}) {
  const began = performance.now();
  const verdicts = new Map<Expectation, Verdict>();

  async function fired(it: Expectation): Promise<string[] | undefined> {
    const rules = await rulesAt(prometheusUrl);
    const active = activeAmong(rules, it.alert, it.labels).find(({ state }) => state === 'firing');
    if (!active) return undefined;
    const severity = active.labels.severity ?? '';
    if (it.hushedBy !== undefined) return annotationFaults(active, it.alert);
    const message = messagesOf(slack, active, began).find(isFiring);
    return message && [...annotationFaults(active, it.alert), ...messageFaults(message, active, severity)];
  }

  return {
    /** Resolves when the alert has fired and was told, or its window is over. */
    async untilFired(it: Expectation): Promise<void> {
      const verdict = verdictOf(it, fault, await rulesAt(prometheusUrl));
      verdicts.set(it, verdict);
      while (since(began) < verdict.windowS) {
        const faults = await fired(it);
        if (faults) {
          verdict.firedS = since(began);
          verdict.faults.push(...faults);
          return;
        }
        await sleep(LOOKS_EVERY_MS);
      }
      verdict.faults.push('did not fire in time');
    },
    /** Resolves when it is over and those who were told of it were told so, or the time for that is over. */
    async untilResolved(it: Expectation, ended: number): Promise<Verdict> {
      const verdict = verdicts.get(it) ?? verdictOf(it, fault, []);
      const hushed = it.hushedBy !== undefined;
      while (verdict.resolvedS === undefined && since(ended) < verdict.resolvesWithinS) {
        const active = activeAmong(await rulesAt(prometheusUrl), it.alert, it.labels);
        const told = slack.messages.some(
          (message) => message.at > ended && isResolved(message) && isAbout(message, it),
        );
        if (active.length === 0 && (told || hushed)) verdict.resolvedS = since(ended);
        else await sleep(LOOKS_EVERY_MS);
      }
      if (verdict.resolvedS === undefined) verdict.faults.push('was not over in time');
      const broke = slack.messages.some(
        (message) => message.at > began && isFiring(message) && isAbout(message, it),
      );
      if (hushed && broke) verdict.faults.push(`was told although ${it.hushedBy} speaks for it`);
      return verdict;
    },
  };
}

/** The windows are made of the rule that Prometheus has read and of Alertmanager's waits. */
function verdictOf(it: Expectation, fault: string, rules: readonly AlertRule[]): Verdict {
  const rule = rules.find(({ name, labels }) => name === it.alert && agrees(labels, it.labels));
  const hushed = it.hushedBy !== undefined;
  const named = [it.alert, ...Object.values(it.labels)].join(' ');
  return {
    alert: named,
    fault,
    hushedBy: it.hushedBy,
    windowS: it.holdsWithinS + (rule?.duration ?? 0) + (hushed ? 0 : waitOf(severityOf(rule))) + ALLOWANCE_S,
    resolvesWithinS: it.endsWithinS + (hushed ? 0 : seconds(route.group_interval)) + ALLOWANCE_S,
    faults: rule ? [] : ['there is no such rule'],
  };
}

const agrees = (
  given: Readonly<Record<string, string>> = {},
  wanted: Readonly<Record<string, string>>,
): boolean =>
  Object.entries(wanted).every(([label, value]) => given[label] === undefined || given[label] === value);
const isResolved = ({ title }: SlackMessage): boolean => title.startsWith('RESOLVED: ');
const isFiring = (message: SlackMessage): boolean => !isResolved(message);
const isAbout = ({ title, text }: SlackMessage, { alert, labels }: Expectation): boolean =>
  title.includes(`: ${alert}`) && Object.values(labels).every((value) => `${title} ${text}`.includes(value));

function messagesOf(
  { messages }: Slack,
  { labels, annotations }: ActiveAlert,
  after: number,
): SlackMessage[] {
  return messages.filter(
    ({ at, title, text }) =>
      at > after &&
      title.includes(`: ${labels.alertname}`) &&
      text.includes(annotations.summary ?? 'no summary'),
  );
}

function annotationFaults({ annotations }: ActiveAlert, alert: string): string[] {
  const { summary = '', description = '', runbook_url: url = '' } = annotations;
  const path = url.slice(url.indexOf('/docs/runbooks/') + 1);
  return [
    ...(summary === '' ? ['no summary'] : []),
    ...(description === '' ? ['no description'] : []),
    ...(/[{}]|<no value>/.test(summary + description) ? ['a template was not filled'] : []),
    ...(path.startsWith('docs/runbooks/') && existsSync(join(repository, path))
      ? []
      : [`no runbook of ${alert}`]),
  ];
}

function messageFaults(
  { title, text, channel, colour }: SlackMessage,
  active: ActiveAlert,
  severity: string,
): string[] {
  const wanted = severity === 'critical' ? '#shopstack-pages' : '#shopstack-alerts';
  return [
    ...(title.startsWith(`${severity.toUpperCase()}: `) ? [] : [`the title does not say ${severity}`]),
    ...(text.includes(active.annotations.runbook_url ?? 'none') ? [] : ['no runbook in the message']),
    ...(channel === wanted ? [] : [`told in ${channel}, not in ${wanted}`]),
    ...(colour === 'danger' ? [] : [`the colour is ${colour}`]),
  ];
}
