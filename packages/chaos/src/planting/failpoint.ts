import type { ServiceName } from '@shopstack/stack/services';

/** A place between two effects at which a service can be made to die, as by a power cut. */
export interface Failpoint {
  /** Says what is done and what is not: `<done>-not-<done>`. */
  name: string;
  services: readonly ServiceName[];
  /** From the repository's root. */
  file: string;
  /** A statement that occurs exactly once in the file; before it, its beginning is enough. */
  anchor: string;
  at: 'before' | 'after';
}
