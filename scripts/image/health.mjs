// What an image's HEALTHCHECK runs: 0 when the process answers that it is ready.
const port = process.env.PORT ?? '8080';
const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, {
  headers: { 'x-instana-synthetic': '1' },
  signal: AbortSignal.timeout(2500),
}).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);
