import type { Service } from '../promql.ts';

/** What is promised to customers over 30 days, and how it is measured. */
export interface Objective {
  /** Kebab case; the label `slo` of everything made of it. */
  id: string;
  /** Whose samples tell it. */
  job: Service;
  /** Share of events that must be good. */
  target: number;
  /** What is promised, without the target. */
  promise: string;
  /** What customers feel when it is broken, as the head of a message. */
  felt: string;
  /** PromQL by namespace and job: events per second over five minutes. */
  events: string;
  /** The same of those that are bad; may use the recorded events. */
  errors: string;
}

export const windowDays = 30;

/** The recorded events of an objective, by namespace and job like what they are compared with. */
export const recordedEvents = (job: Service, id: string): string =>
  `sum by (namespace, job) (slo:events:rate5m{job="${job}",slo="${id}"})`;

/** What customers may miss: 0.001 of 0.999. */
export const budgetOf = ({ target }: Pick<Objective, 'target'>): number => Number((1 - target).toFixed(6));
