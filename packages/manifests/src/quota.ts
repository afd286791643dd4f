import { podsOf } from './pods.ts';
import { dig, type Mapping, mapping, mappings } from './yaml-value.ts';

const factors: Record<string, number> = {
  m: 0.001,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
};

/** Cores, bytes or pieces of a quantity such as `500m` or `2Gi`. */
function amountOf(quantity: unknown): number {
  const [, number = '', unit = ''] = /^([0-9.]+)([a-zA-Z]*)$/.exec(String(quantity)) ?? [];
  return number === '' ? 0 : Number(number) * (unit === '' ? 1 : (factors[unit] ?? Number.NaN));
}

const zero = { 'limits.cpu': 0, 'limits.memory': 0, 'requests.cpu': 0, 'requests.memory': 0, pods: 0 };
type Amounts = typeof zero;

/** What the namespace holds at most: every autoscaler at its maximum, and a rolling update of everything. */
function largestUse(objects: readonly Mapping[]): Amounts {
  const maxima = new Map(
    objects
      .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
      .map(({ spec }) => [dig(spec, 'scaleTargetRef', 'name'), Number(dig(spec, 'maxReplicas'))]),
  );
  const sum: Amounts = { ...zero };
  for (const object of objects) {
    const [pod] = podsOf([object]);
    if (!pod) continue;
    const replicas =
      maxima.get(dig(object, 'metadata', 'name')) ?? Number(dig(object, 'spec', 'replicas') ?? 1);
    const count = object.kind === 'Deployment' ? replicas + 1 : 1;
    const lasting = pod.containers.filter((it) => pod.main.includes(it) || it.restartPolicy === 'Always');
    for (const name of ['limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'] as const) {
      const amounts = lasting.map((it) => amountOf(dig(it, 'resources', ...name.split('.'))));
      sum[name] += count * amounts.reduce((total, it) => total + it, 0);
    }
    sum.pods += count;
  }
  return sum;
}

/** What does not fit into the ResourceQuota among these objects. */
export function quotaFaults(objects: readonly Mapping[]): string[] {
  const hard = mapping(mappings(objects).find(({ kind }) => kind === 'ResourceQuota')?.spec).hard;
  return Object.entries(largestUse(objects))
    .filter(([name, needed]) => amountOf(mapping(hard)[name]) < needed)
    .map(([name, needed]) => `${name}: ${String(mapping(hard)[name])} is less than ${needed}`);
}
