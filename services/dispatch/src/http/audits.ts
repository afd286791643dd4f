import { getLatestAudit, submitAudit } from '@shopstack/contracts/operations-desk';
import { type Api, noContent, ok } from '@shopstack/kit/api';
import { problem } from '@shopstack/kit/problem';
import type { AuditStore } from '../store/audits.ts';

export interface AuditsDeps {
  audits: AuditStore;
}

export function audits(api: Api, deps: AuditsDeps): void {
  api.on(submitAudit, async ({ body }) => {
    await deps.audits.keep(body);
    return noContent;
  });

  api.on(getLatestAudit, async () => {
    const report = await deps.audits.latest();
    if (!report) throw problem('not-found', 'There was no audit yet.');
    return ok(report);
  });
}
