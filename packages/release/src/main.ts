import { runCli } from './cli.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
process.stdout.on('error', () => undefined);

process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  cwd: process.cwd(),
  signal: stopping.signal,
  output: (text) => process.stdout.write(text),
  progress: (text) => process.stderr.write(text),
});
