import type { Operation } from '@shopstack/contracts/operation';
import { bound, rate, type Service, series, sumBy } from '../promql.ts';
import { type Objective, recordedEvents } from './objective.ts';

/** Operations of one service that customers see as one thing. */
interface Journey {
  name: string;
  job: Service;
  operations: readonly Operation[];
  /** What customers cannot do while it fails. */
  fails: string;
  /** Seconds; a bucket of the histogram. */
  within: 0.25 | 0.5 | 1;
}

const failed = ['5..'];

/** Requests that are not answered with an error of ours. Who leaves before the answer is counted by how long that took. */
export function availability(journey: Journey, target: number): Objective {
  const id = `${journey.name}-availability`;
  const { job } = journey;
  const requests = (labels: object = {}) =>
    sumBy(
      [],
      rate(series('shop_http_request_seconds_count', job, { ...labelsOf(journey), ...labels }), '5m'),
    );
  return {
    id,
    job,
    target,
    promise: `requests of ${journey.name} are answered without an error of ours`,
    felt: `${journey.fails} fails`,
    events: requests(),
    errors: `${requests({ status: failed })} or ${recordedEvents(job, id)} * 0`,
  };
}

/** Requests that are answered in time, among those that are no error of ours: each failure counts once. */
export function latency(journey: Journey, target: number): Objective {
  const id = `${journey.name}-latency`;
  const { job, within } = journey;
  const labels = { ...labelsOf(journey), status: { not: failed } };
  const le = bound('shop_http_request_seconds', within);
  const inTime = series('shop_http_request_seconds_bucket', job, { ...labels, le });
  return {
    id,
    job,
    target,
    promise: `requests of ${journey.name} are answered within ${within} s`,
    felt: `${journey.fails} is slow`,
    events: sumBy([], rate(series('shop_http_request_seconds_count', job, labels), '5m')),
    errors: `${recordedEvents(job, id)} - ${sumBy([], rate(inTime, '5m'))}`,
  };
}

const labelsOf = ({ operations }: Journey) => ({
  method: [...new Set(operations.map((it) => it.method.toUpperCase()))].sort(),
  route: [...new Set(operations.map((it) => it.path))].sort(),
});
