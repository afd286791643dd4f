// node scripts/telemetry.ts: docs/telemetry.md from the registry of metrics, span attributes and log fields.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { telemetryReference } from '@shopstack/contracts/telemetry/reference';

writeFileSync(join(import.meta.dirname, '../docs/telemetry.md'), telemetryReference());
