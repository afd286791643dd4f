import { dig, type Mapping, mapping, mappings } from './yaml-value.ts';

export interface Pod {
  /** `Deployment/cart`. */
  owner: string;
  kind: string;
  labels: Mapping;
  spec: Mapping;
  /** Init containers and sidecars too. */
  containers: readonly Mapping[];
  /** Those that serve: no sidecar, no preparation. */
  main: readonly Mapping[];
}

const templatePaths: Record<string, string[]> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** `Kind/name` of an object. */
export const nameOf = (object: Mapping): string =>
  `${String(object.kind)}/${String(dig(object, 'metadata', 'name'))}`;

/** The pods that these objects would start. */
export function podsOf(objects: readonly Mapping[]): Pod[] {
  return objects.flatMap((object) => {
    const kind = String(object.kind);
    const path = templatePaths[kind];
    if (!path) return [];
    const spec = mapping(dig(object, ...path, 'spec'));
    const main = mappings(spec.containers);
    return [
      {
        owner: nameOf(object),
        kind,
        labels: mapping(dig(object, ...path, 'metadata', 'labels')),
        spec,
        containers: [...mappings(spec.initContainers), ...main],
        main,
      },
    ];
  });
}
