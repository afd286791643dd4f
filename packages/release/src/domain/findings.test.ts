import { expect, test } from '@jest/globals';
import { judgeScan, scanAnswer } from './findings.ts';

const judge = (imageScanFindings: unknown, allowed: string[] = []) => {
  const answer = scanAnswer.parse({ imageScanStatus: { status: 'COMPLETE' }, imageScanFindings });
  const { blocking, tolerated } = judgeScan(answer, new Set(allowed));
  return { blocking: blocking.map(({ id }) => id), tolerated: tolerated.map(({ id }) => id) };
};
const enhanced = (id: string, severity: string, fixAvailable?: string) => ({
  severity,
  ...(fixAvailable === undefined ? {} : { fixAvailable }),
  packageVulnerabilityDetails: { vulnerabilityId: id, vulnerablePackages: [{ name: 'zlib' }] },
});

test('high and critical findings block when there is a fix, or part of one, or nobody knows', () => {
  const enhancedFindings = [
    enhanced('fix', 'HIGH', 'YES'),
    enhanced('part', 'CRITICAL', 'PARTIAL'),
    enhanced('unknown', 'HIGH'),
    enhanced('none', 'CRITICAL', 'NO'),
    enhanced('medium', 'MEDIUM', 'YES'),
  ];
  expect(judge({ enhancedFindings })).toEqual({ blocking: ['fix', 'part', 'unknown'], tolerated: ['none'] });
  expect(judge({ enhancedFindings }, ['fix', 'unknown'])).toEqual({
    blocking: ['part'],
    tolerated: ['fix', 'unknown', 'none'],
  });
});

test('a basic scan names packages in attributes and knows no fixes', () => {
  const findings = [
    { name: 'CVE-1', severity: 'HIGH', attributes: [{ key: 'package_name', value: 'glibc' }] },
    { name: 'CVE-2', severity: 'LOW' },
  ];
  expect(judge({ findings })).toEqual({ blocking: ['CVE-1'], tolerated: [] });
  expect(judge(undefined)).toEqual({ blocking: [], tolerated: [] });
});
