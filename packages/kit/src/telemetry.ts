// node --import @shopstack/kit/telemetry: traces, when somebody is named who wants them. Else this file is all that is read.
if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT?.trim()) {
  const { startTracing } = await import('./telemetry/tracing.ts');
  startTracing(process.env);
}
