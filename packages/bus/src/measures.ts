import { counter, gauge, histogram } from '@shopstack/kit/metrics';

export const published = counter('shop_bus_published_total');
export const consumed = counter('shop_bus_consumed_total');
export const retried = counter('shop_bus_retries_total');
export const deadLettered = counter('shop_bus_dead_letters_total');
export const handlerSeconds = histogram('shop_bus_handler_seconds');
export const lagSeconds = histogram('shop_bus_lag_seconds');
export const running = gauge('shop_bus_running');
export const outboxAge = gauge('shop_outbox_oldest_seconds');
export const outboxWaiting = gauge('shop_outbox_waiting');
export const busUp = gauge('shop_bus_up');
