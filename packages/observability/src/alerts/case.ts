/** What Prometheus sees for a while, and which alerts fire then. */
export interface Case {
  /** The alerts that it is there for. */
  about: readonly string[];
  name: string;
  /** Samples each minute, in promtool's notation, beside those that all cases of the file have. */
  series: Readonly<Record<string, string>>;
  checks: readonly Check[];
}
interface Check {
  /** Minutes after the first sample. */
  at: number;
  /** Every alert of the rule file that fires then, without its severity; no other does. */
  fires: readonly Firing[];
}
export interface Firing {
  alert: string;
  labels: Readonly<Record<string, string>>;
}

export const firing = (alert: string, labels: Readonly<Record<string, string>>): Firing => ({
  alert,
  labels,
});

const long = 240;
/** The same value for `minutes`, four hours unless told. */
export const steady = (value: number, minutes = long): string => `${value}+0x${minutes - 1}`;
/** A counter that grows so much each minute. */
export const growing = (perMinute: number, minutes = long): string => `0+${perMinute}x${minutes - 1}`;

/** The cases of one rule file. */
export interface CaseFile {
  /** Name of the rule file. */
  rules: string;
  /** What every case sees, where it says nothing else. */
  always?: Readonly<Record<string, string>>;
  /** How often rules run; each minute unless told. Checks are at multiples of it. */
  evaluation?: `${number}m`;
  cases: readonly Case[];
}
