import { join } from 'node:path';
import { repository } from '../layout.ts';
import type { Part } from '../part.ts';
import { answersOk } from '../probes.ts';
import type { Surroundings } from '../surroundings.ts';
import { nodeCommand } from './node-command.ts';

const main = join(repository, 'packages/observability/src/trace-view/main.ts');

/** Takes the traces of the services and shows them, unless the launcher's environment names another collector. */
export function tracesPart(at: Surroundings): Part {
  const port = at.ports('traces');
  const elsewhere = at.outside.OTEL_EXPORTER_OTLP_ENDPOINT;
  return {
    name: 'traces',
    port,
    listens: [port],
    needs: [],
    ...(elsewhere
      ? { absent: 'OTEL_EXPORTER_OTLP_ENDPOINT names another collector' }
      : { remark: `http://localhost:${port}` }),
    command: () =>
      nodeCommand(main, {
        layout: at.layout,
        env: { TRACES_PORT: String(port), TRACES_BIND_ADDRESS: '127.0.0.1' },
        whenWeDie: 'SIGKILL',
      }),
    isReady: () => answersOk(port, '/health/ready'),
    readyWithinMs: 20_000,
    stopWithinMs: 500,
  };
}
