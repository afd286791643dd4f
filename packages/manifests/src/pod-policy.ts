import { type Pod, podsOf } from './pods.ts';
import { dig, type Mapping, mappings, texts } from './yaml-value.ts';

/** Longer than a service takes to end by itself (packages/kit). */
const STOP_SECONDS = 20;
const isSidecar = (container: Mapping): boolean => container.restartPolicy === 'Always';

/** What Pod Security `restricted` refuses, and what we ask for beyond: read-only root, a fixed user, no token. */
function restrictionFaults(pod: Pod): string[] {
  const wanted: [string, unknown, unknown][] = [
    ['automountServiceAccountToken', pod.spec.automountServiceAccountToken, false],
    ['runAsNonRoot', dig(pod.spec, 'securityContext', 'runAsNonRoot'), true],
    ['seccompProfile', dig(pod.spec, 'securityContext', 'seccompProfile', 'type'), 'RuntimeDefault'],
    ['hostNetwork', pod.spec.hostNetwork ?? false, false],
    ['hostPID', pod.spec.hostPID ?? false, false],
    ['hostIPC', pod.spec.hostIPC ?? false, false],
    ...pod.containers.flatMap((it): [string, unknown, unknown][] => [
      [`${it.name}: allowPrivilegeEscalation`, dig(it, 'securityContext', 'allowPrivilegeEscalation'), false],
      [`${it.name}: readOnlyRootFilesystem`, dig(it, 'securityContext', 'readOnlyRootFilesystem'), true],
      [`${it.name}: privileged`, dig(it, 'securityContext', 'privileged') ?? false, false],
      [`${it.name}: added`, texts(dig(it, 'securityContext', 'capabilities', 'add')).join(), ''],
      [`${it.name}: dropped`, texts(dig(it, 'securityContext', 'capabilities', 'drop')).join(), 'ALL'],
    ]),
  ];
  const faults = wanted
    .filter(([, is, should]) => is !== should)
    .map(([what, is]) => `${pod.owner}: ${what} is ${String(is)}`);
  const user = dig(pod.spec, 'securityContext', 'runAsUser');
  const users = [user, ...pod.containers.map((it) => dig(it, 'securityContext', 'runAsUser') ?? user)];
  const expected = pod.kind === 'StatefulSet' ? 999 : 10_001;
  if (users.some((it) => it !== expected)) faults.push(`${pod.owner}: runAsUser is ${users.join()}`);
  return [...faults, ...volumeFaults(pod)];
}

const volumeKinds = new Set(['configMap', 'emptyDir', 'secret', 'projected', 'persistentVolumeClaim']);

const volumeFaults = (pod: Pod): string[] =>
  mappings(pod.spec.volumes).flatMap(({ name, ...kinds }) =>
    Object.keys(kinds)
      .filter((kind) => !volumeKinds.has(kind))
      .map((kind) => `${pod.owner}: volume ${String(name)} is a ${kind}`),
  );

/** Containers that do not say what they need, or what they may take at most. */
const limitFaults = (pod: Pod): string[] =>
  pod.containers.flatMap((it) =>
    ['requests', 'limits'].flatMap((bound) =>
      ['cpu', 'memory']
        .filter((resource) => dig(it, 'resources', bound, resource) === undefined)
        .map((resource) => `${pod.owner}: ${String(it.name)} has no ${bound} of ${resource}`),
    ),
  );

/** What serves must say when it has started, is ready and is alive, and be asked without leaving a trace. */
function probeFaults(pod: Pod): string[] {
  if (pod.kind !== 'Deployment' && pod.kind !== 'StatefulSet') return [];
  const asked = pod.containers.filter((it) => pod.main.includes(it) || isSidecar(it));
  return asked.flatMap((it) =>
    ['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap((probe) => {
      const what = `${pod.owner}: ${String(it.name)} ${probe}`;
      if (it[probe] === undefined) return [`${what} is missing`];
      if (dig(it, probe, 'httpGet') === undefined) return [];
      const headers = mappings(dig(it, probe, 'httpGet', 'httpHeaders'));
      const synthetic = headers.some(({ name, value }) => name === 'X-INSTANA-SYNTHETIC' && value === '1');
      return synthetic ? [] : [`${what} leaves traces`];
    }),
  );
}

/** A Deployment's pods must be given longer than they take to drain and end, and be spread. */
function departureFaults(pod: Pod): string[] {
  if (pod.kind !== 'Deployment') return [];
  const grace = Number(pod.spec.terminationGracePeriodSeconds ?? 30);
  const pause = Math.max(
    0,
    ...pod.main.map((it) => Number(dig(it, 'lifecycle', 'preStop', 'sleep', 'seconds') ?? 0)),
  );
  const faults = grace > pause + STOP_SECONDS ? [] : [`${pod.owner}: ${grace} s are too short to end`];
  const spread = mappings(pod.spec.topologySpreadConstraints);
  return spread.length > 0 ? faults : [...faults, `${pod.owner}: is not spread`];
}

/** Every image has a fixed tag; `latest` and none are for development. */
const imageFaults = (pod: Pod, environment: string): string[] =>
  pod.containers.flatMap(({ name, image }) => {
    const tag = /:([\w.-]+)$/.exec(String(image))?.[1] ?? 'latest';
    const moves = tag === 'latest' && environment !== 'development';
    return moves ? [`${pod.owner}: ${String(name)} runs ${String(image)}`] : [];
  });

/** All rules about pods, over the objects of one chart. */
export const podFaults = (objects: readonly Mapping[], environment: string): string[] =>
  podsOf(objects).flatMap((pod) => [
    ...restrictionFaults(pod),
    ...limitFaults(pod),
    ...probeFaults(pod),
    ...departureFaults(pod),
    ...imageFaults(pod, environment),
  ]);
