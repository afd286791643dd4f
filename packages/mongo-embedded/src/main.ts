import { loadConfig } from './config.ts';
import { startMongoEmbedded } from './server.ts';

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

try {
  const config = loadConfig(process.env);
  const server = await startMongoEmbedded(config);
  const stop = () => void server.close().then(() => process.exit(0), fail);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
  void server.failed.then(() => process.exit(1));
  const place = config.file ?? 'memory only, nothing is kept';
  console.log(
    `mongo-embedded listens on ${server.url} (${place}) - for development, tests and demonstrations only`,
  );
} catch (error) {
  fail(error);
}
