import { expect, test } from '@jest/globals';
import { AuditReport } from '@shopstack/contracts/operations-desk';
import { plain } from '@shopstack/stack/terminal/style';
import { reportTable } from './report-table.ts';
import { createTally } from './tally.ts';

const reportOf = (tally: ReturnType<typeof createTally>, moving: number) => {
  const findings = tally.findings();
  const violations = findings.reduce((sum, it) => sum + it.violations, 0);
  return AuditReport.parse({ at: '2026-01-01T00:00:00.000Z', tookMs: 1234, findings, violations, moving });
};

test('every promise has a line; what is broken has its ids, each once', () => {
  const tally = createTally();
  tally.add('I1', 200, [
    { id: 'order-1', detail: 'kept 3' },
    { id: 'order-1', detail: 'booked 4' },
  ]);
  const many = Array.from({ length: 30 }, (_, number) => ({
    id: `order-${number}`,
    detail: 'x'.repeat(1000),
  }));
  tally.add('I5', 30, many);
  tally.leaveOut('I7', 'the time was up');
  const report = reportOf(tally, 2);
  expect(report.findings).toHaveLength(15);
  expect(report.findings[4]).toMatchObject({ violations: 30 });
  expect(report.findings[4]?.examples).toHaveLength(20);
  const lines = reportTable(report, plain);
  expect(lines).toContainEqual(expect.stringMatching(/^✗ I1 {2}money.* 200 +1$/));
  expect(lines).toContain('      order-1  kept 3; booked 4');
  expect(lines).toContain('      and 10 more');
  expect(lines).toContain('      not all seen: the time was up');
  expect(lines).toContainEqual(expect.stringMatching(/^– I13 /));
  expect(lines.at(-1)).toBe('31 violations (1.2 s); 2 orders were still moving and are not judged.');
});

test('all is well in one line', () => {
  const tally = createTally();
  tally.add('I1', 5, []);
  const lines = reportTable(reportOf(tally, 0), plain);
  expect(lines).toContainEqual(expect.stringMatching(/^✓ I1 /));
  expect(lines.at(-1)).toBe('No promise is broken (1.2 s).');
});
