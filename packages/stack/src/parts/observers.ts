import type { Part } from '../part.ts';
import type { Surroundings } from '../surroundings.ts';
import { alertmanagerPart } from './alertmanager.ts';
import { prometheusPart } from './prometheus.ts';
import { tracesPart } from './traces.ts';

/** What looks at the shop without being a part of it: it opens whether these do or not, and nothing waits for them. */
export const observerParts = (at: Surroundings, env: Readonly<Record<string, string>> = {}): Part[] => [
  prometheusPart(at),
  alertmanagerPart(at, env),
  tracesPart(at),
];
