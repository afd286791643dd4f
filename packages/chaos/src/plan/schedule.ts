import type { FaultKind } from './fault-kind.ts';
import { type FaultName, faultKinds, faultNames } from './fault-kinds.ts';
import { createRandom, type Random } from './random.ts';

/** One fault of a campaign, before it happens. */
export interface PlannedFault {
  /** 1 is the first. */
  number: number;
  name: FaultName;
  target: string;
  /** After the first order, in ms. */
  atMs: number;
  lastsMs: number;
}

export interface ScheduleOptions {
  seed: number;
  faults: number;
  durationMs: number;
  /** Only these kinds; all that are not `onRequest` when left out. */
  only?: readonly FaultName[];
}

const AT_ONCE = 3;
const LONG_FROM_MS = 180_000;
const TRIES = 40;

/**
 * When what breaks: spread over the duration, at most three at once, never two on one part. Kinds are drawn from a deck
 * in which each lies as often as its weight, so that a long campaign sees them all. The same options, the same answer.
 */
export function createSchedule(options: ScheduleOptions): PlannedFault[] {
  const random = createRandom(options.seed, 'faults');
  const deck = createDeck(random, kindsFor(options));
  const targets = createTargets(random);
  const stepMs = options.durationMs / Math.max(1, options.faults);
  const planned: PlannedFault[] = [];
  for (let number = 1; number <= options.faults; number++) {
    const atMs = Math.round((number - 1 + random.fraction() * 0.8) * stepMs);
    planned.push({ number, ...drawFault({ atMs, planned, deck, targets, random }) });
  }
  return planned;
}

function kindsFor({ only, durationMs }: ScheduleOptions): FaultName[] {
  if (only) return [...only];
  return faultNames.filter((name) => {
    const { longOnly, onRequest } = faultKinds[name];
    return onRequest !== true && (longOnly !== true || durationMs >= LONG_FROM_MS);
  });
}

/** Answers one after the other; shuffled anew when all have been drawn. */
function createDeck(random: Random, names: readonly FaultName[]) {
  const cards = names.flatMap((name) => Array.from({ length: faultKinds[name].weight }, () => name));
  let left: FaultName[] = [];
  return (): FaultName => {
    if (left.length === 0) left = random.shuffled(cards);
    const drawn = left.pop();
    if (drawn === undefined) throw new Error('a schedule needs at least one kind of fault');
    return drawn;
  };
}

/** Each kind goes through all its targets before one comes again. */
function createTargets(random: Random) {
  const left = new Map<FaultName, string[]>();
  return (name: FaultName): string => {
    const waiting = left.get(name)?.length ? left.get(name) : random.shuffled(faultKinds[name].targets);
    const target = waiting?.pop();
    if (!waiting || target === undefined) throw new Error(`${name} has no target`);
    left.set(name, waiting);
    return target;
  };
}

interface Drawing {
  atMs: number;
  planned: readonly PlannedFault[];
  deck: () => FaultName;
  targets: (name: FaultName) => string;
  random: Random;
}

/** The first card that fits; when none does, the fault waits until something is over. */
function drawFault(drawing: Drawing): Omit<PlannedFault, 'number'> {
  let { atMs } = drawing;
  for (;;) {
    for (let tries = 0; tries < TRIES; tries++) {
      const name = drawing.deck();
      const target = drawing.targets(name);
      const [least, most] = faultKinds[name].lastsMs;
      const fault = { name, target, atMs, lastsMs: drawing.random.between(least, most) };
      if (fits(fault, drawing.planned)) return fault;
    }
    atMs += 500;
  }
}

function fits(fault: Omit<PlannedFault, 'number'>, planned: readonly PlannedFault[]): boolean {
  const active = planned.filter((it) => overlap(it, fault));
  return (
    active.length < AT_ONCE &&
    active.every((it) => partsOf(it).every((part) => !partsOf(fault).includes(part)))
  );
}

const providers = new Set(['card', 'carrier', 'mpesa']);
/** A link touches both of its ends. */
const partsOf = ({ name, target }: Pick<PlannedFault, 'name' | 'target'>): string[] => {
  const hit = faultKinds[name].hits(target);
  return [hit, ...hit.split('-')].map((part) => (providers.has(part) ? 'simulators' : part));
};

function overlap(one: Omit<PlannedFault, 'number'>, other: Omit<PlannedFault, 'number'>): boolean {
  const endOf = (it: Omit<PlannedFault, 'number'>, kind: FaultKind) => it.atMs + it.lastsMs + kind.restsMs;
  return one.atMs < endOf(other, faultKinds[other.name]) && other.atMs < endOf(one, faultKinds[one.name]);
}
