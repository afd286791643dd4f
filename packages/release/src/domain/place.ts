/** Where the values of a chart say which image it deploys. */
export interface Place {
  chart: string;
  /** To a map with `repository` and `tag`, or to a text such as `example.org/shop:1.0.3`. */
  at: readonly string[];
}
const own = ['deploy', 'image'] as const;

/** Images without a chart of their name. MySQL's is not among them: the charts deploy the official one. */
const elsewhere: Readonly<Record<string, Place>> = {
  tools: { chart: 'platform', at: own },
  mongo: { chart: 'datastores', at: ['stores', 'mongodb', 'image'] },
};
export const standalone: readonly string[] = Object.keys(elsewhere);

export const placeOf = (service: string): Place => elsewhere[service] ?? { chart: service, at: own };
export const valuesPath = (service: string): string => `helm/${placeOf(service).chart}/values.yaml`;

/** Whose versions a chart's values hold, by path. */
export function servicesOfChart(chart: string): string[] {
  const others = standalone.filter((name) => placeOf(name).chart === chart);
  return others.some((name) => placeOf(name).at === own) ? others : [chart, ...others];
}
