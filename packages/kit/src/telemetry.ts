// Preload: node --import @shopstack/kit/telemetry src/main.ts. Does nothing unless OTEL_EXPORTER_OTLP_ENDPOINT is set;
// never registers signals and never exits. The synchronous hook makes spans appear under ESM (Node 24.11.1 or newer).
export {};
