/** `critical` calls a person now; `warning` can wait for the next working hour. */
export type Severity = 'critical' | 'warning';

/** An alert with what its reader needs. Texts may hold Prometheus' templates. */
export interface Alert {
  /** Upper camel case and general: which service it is about is a label. */
  name: string;
  severity: Severity;
  expr: string;
  /** How long the expression holds before it fires. */
  for: `${number}${'m' | 'h'}`;
  labels?: Readonly<Record<string, string>>;
  /** One line, with the labels that say which. */
  summary: string;
  /** What was measured, and what it means for the shop. */
  description: string;
  /** For the index of the runbooks: what it means. */
  meaning: string;
  /** For the index of the runbooks: how soon it fires. */
  fires: string;
}

/** `OutboxStuck` → `outbox-stuck`: the file of its runbook. */
export const kebab = (name: string): string => name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();

const runbooks = 'https://github.com/shopstack/shopstack/blob/main/docs/runbooks';
export const runbookUrl = (name: string): string => `${runbooks}/${kebab(name)}.md`;
