import { monitorEventLoopDelay } from 'node:perf_hooks';
import { counter, gauge } from './metrics.ts';

const RESOLUTION_MS = 50;
const quantiles = [
  ['0.5', 50],
  ['0.99', 99],
  ['1', 100],
] as const;

/** Event loop, processor time and memory of this process, read at each scrape. */
export function measureProcess(): void {
  const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  loop.enable();
  const delay = gauge('shop_event_loop_delay_seconds', () => {
    for (const [quantile, percentile] of quantiles)
      delay.set(late(loop.percentile(percentile)), { quantile });
    loop.reset();
  });
  const resident = gauge('shop_process_resident_bytes', () => {
    resident.set(process.memoryUsage.rss());
  });
  let told = 0;
  const cpu = counter('shop_process_cpu_seconds_total', () => {
    const { user, system } = process.cpuUsage();
    const seconds = (user + system) / 1e6;
    cpu.add(seconds - told);
    told = seconds;
  });
}

/** Node measures from one tick of its own timer to the next. */
const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e9 - RESOLUTION_MS / 1000);
