import type { AuditReport } from '@shopstack/contracts/operations-desk';

const WITHIN_MS = 10_000;

/** Gives the report to dispatch, which shows it to staff. @throws when it is not taken. */
export async function handIn(report: AuditReport, address: string): Promise<void> {
  const reply = await fetch(address, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(report),
    signal: AbortSignal.timeout(WITHIN_MS),
  });
  await reply.body?.cancel();
  if (!reply.ok)
    throw new Error(`the report was not taken: ${new URL(address).host} answers ${reply.status}`);
}
