import type { ServiceName } from '@shopstack/stack/services';
import { failpointsOf, plantingOf } from './failpoints.ts';
import type { Sabotage } from './sabotage.ts';
import { changeSource, occurrences, type SourceChange } from './source-change.ts';

/** What is changed in each file of a service, by path from the repository's root. */
export interface Plan {
  files: ReadonlySet<string>;
  /** @throws Error when a text of the tables is no longer in the file. */
  apply(file: string, source: string): string;
}

/** Failpoints are planted into the sabotaged source; one whose anchor the sabotage took away is left out. */
export function planFor(service: ServiceName, sabotage?: Sabotage): Plan {
  const mistakes = sabotage?.service === service ? sabotage.changes : [];
  const points = failpointsOf(service).map(plantingOf);
  const of = (changes: readonly SourceChange[], file: string) => changes.filter((it) => it.file === file);
  return {
    files: new Set([...mistakes, ...points].map((it) => it.file)),
    apply: (file, source) => {
      const sabotaged = of(mistakes, file).reduce(changeSource, source);
      const wanted = of(points, file).filter(
        (it) => occurrences(source, it.find) !== 1 || occurrences(sabotaged, it.find) === 1,
      );
      return wanted.reduce(changeSource, sabotaged);
    },
  };
}
