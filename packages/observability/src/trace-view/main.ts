import { createTraceView } from './server.ts';

const port = Number(process.env.TRACES_PORT ?? 4318);
const server = createTraceView();
server.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
server.listen(port, process.env.TRACES_BIND_ADDRESS ?? '127.0.0.1', () =>
  console.log(JSON.stringify({ message: 'the trace view is ready', port })),
);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));
