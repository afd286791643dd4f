import { z } from 'zod';

const Labels = z.record(z.string(), z.string());
const Alert = z.object({
  labels: Labels,
  annotations: Labels,
  state: z.enum(['pending', 'firing']),
  activeAt: z.string(),
});
const Rule = z.object({
  type: z.string(),
  name: z.string(),
  health: z.string(),
  lastError: z.string().optional(),
  /** Of an alert: how long it holds before it fires, in seconds. */
  duration: z.number().optional(),
  labels: Labels.optional(),
  alerts: z.array(Alert).optional(),
});
const Rules = z.object({ data: z.object({ groups: z.array(z.object({ rules: z.array(Rule) })) }) });

export type ActiveAlert = z.infer<typeof Alert>;
export type AlertRule = z.infer<typeof Rule>;

/** What Prometheus at this address makes of its rule files, now. */
export async function rulesAt(url: string): Promise<AlertRule[]> {
  const reply = await fetch(`${url}/api/v1/rules`);
  const { data } = Rules.parse(await reply.json());
  return data.groups.flatMap(({ rules }) => rules);
}

/** Alerts of this name that are pending or fire, and carry these labels. */
export function activeAmong(
  rules: readonly AlertRule[],
  name: string,
  labels: Readonly<Record<string, string>>,
): ActiveAlert[] {
  return rules
    .filter((rule) => rule.name === name)
    .flatMap(({ alerts = [] }) => alerts)
    .filter((alert) => Object.entries(labels).every(([label, value]) => alert.labels[label] === value));
}
