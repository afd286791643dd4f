import type { Layout } from './layout.ts';
import type { Ports } from './ports.ts';
import type { Secrets } from './secrets.ts';

/** Everything that the environment of a part is made of. */
export interface Surroundings {
  layout: Layout;
  secrets: Secrets;
  ports: Ports;
  gatewayPort: number;
  /** Prometheus, Alertmanager and the trace view run beside the shop. */
  observe?: boolean;
  /** The environment of the launcher: URLs of servers that run elsewhere, provider and telemetry settings. */
  outside: NodeJS.ProcessEnv;
}

/** Settings of the launcher's environment that every service may see; nothing else of it reaches them. */
const passedOn =
  /^(LOG_LEVEL$|OTEL_|FAULTS_|PAYMENT_|STRIPE_|WORLDPAY_|MPESA_|SMS_|AFRICASTALKING_|SEARCH_URL$)/;

/** Where the services send their traces, and how many: all of them to our trace view while the shop is observed. */
export const tracing = (at: Surroundings): Record<string, string> =>
  at.observe === true
    ? {
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${at.ports('traces')}`,
        OTEL_TRACES_SAMPLER_ARG: '1',
      }
    : {};

export function passedOnSettings(outside: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(outside).flatMap(([name, value]) =>
      value !== undefined && passedOn.test(name) ? [[name, value] as const] : [],
    ),
  );
}
