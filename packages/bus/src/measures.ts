import { counter, gauge, histogram } from '@shopstack/kit/metrics';

/** `result`: confirmed, unroutable, refused, away. */
export const published = counter({
  name: 'shop_bus_published_total',
  help: 'Messages handed to the broker',
  labels: ['type', 'result'],
});
/** `result`: done, retried, dead. */
export const consumed = counter({
  name: 'shop_bus_consumed_total',
  help: 'Deliveries that were settled',
  labels: ['queue', 'type', 'result'],
});
export const retried = counter({
  name: 'shop_bus_retries_total',
  help: 'Messages put aside to be tried again later',
  labels: ['queue', 'delay_ms'],
});
export const deadLettered = counter({
  name: 'shop_bus_dead_letters_total',
  help: 'Messages given up',
  labels: ['queue', 'reason'],
});
export const handlerSeconds = histogram({
  name: 'shop_bus_handler_seconds',
  help: 'Time a handler took, whatever came of it',
  labels: ['queue', 'type'],
});
export const outboxAge = gauge({
  name: 'shop_outbox_oldest_seconds',
  help: 'Age of the oldest message that is not published yet; alarm at 60',
  labels: ['source'],
});
export const busUp = gauge({
  name: 'shop_bus_up',
  help: '1 when messages can be published, 0 when the broker is away or blocks us',
});
