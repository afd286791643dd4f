import { loadEnvironment } from './environment.ts';
import { startSimulators } from './simulators.ts';

try {
  const simulators = await startSimulators(loadEnvironment(process.env));
  console.log(JSON.stringify({ ...simulators.ports, msg: 'simulators are ready' }));
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      void simulators.close().finally(() => process.exit(0));
    });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
