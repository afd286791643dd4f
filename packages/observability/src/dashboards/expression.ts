/** What an expression asks for. */
export interface Asked {
  metrics: ReadonlyMap<string, readonly Matcher[]>;
  /** Labels of `by`, `on` and the like. */
  grouping: readonly string[];
}
export interface Matcher {
  label: string;
  operator: string;
  value: string;
}

const matcher = /([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"/g;
/** A name with what stands in its braces; strings may hold braces of their own. */
const selector = /([a-zA-Z_:][\w:]*)\s*\{((?:[^"{}]|"(?:[^"\\]|\\.)*")*)\}/g;
const grouping = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g;
const name = /[a-zA-Z_:][\w:]*(?!\w)(?!\s*\()/g;
const operators = new Set(['and', 'or', 'unless', 'bool', 'offset', 'inf', 'nan', 'atan2']);

/** The metrics and labels of a PromQL expression; Grafana's variables may stand where it allows text. */
export function askedBy(expr: string): Asked {
  const metrics = new Map<string, Matcher[]>();
  const grouped: string[] = [];
  const bare = expr
    .replaceAll(selector, (_all, metric: string, inside: string) => {
      const found = [...inside.matchAll(matcher)].map(([, label = '', operator = '', value = '']) => ({
        label,
        operator,
        value,
      }));
      metrics.set(metric, [...(metrics.get(metric) ?? []), ...found]);
      return ' ';
    })
    .replaceAll(grouping, (_all, labels: string) => {
      grouped.push(...labels.split(',').map((it) => it.trim()));
      return ' ';
    })
    .replaceAll(/\[[^\]]*\]|"(?:[^"\\]|\\.)*"|\b\d[\w.]*/g, ' ');
  for (const [word] of bare.matchAll(name)) {
    if (!operators.has(word)) metrics.set(word, metrics.get(word) ?? []);
  }
  return { metrics, grouping: grouped.filter((it) => it !== '') };
}

/** Labels that a legend shows. */
export const shownBy = (legend: string): string[] =>
  [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label = '']) => label);

/** An expression as Prometheus takes it: Grafana's variables by values they may have. */
export const withValues = (expr: string): string =>
  expr
    .replaceAll('$__rate_interval', '5m')
    .replaceAll('$__range', '1h')
    .replaceAll('$namespace', '.*')
    .replaceAll(/\$\{?job\}?/g, 'cart');
