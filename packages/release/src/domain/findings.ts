import { z } from 'zod';

const basicFinding = z.object({
  name: z.string(),
  severity: z.string(),
  attributes: z.array(z.object({ key: z.string(), value: z.string().optional() })).default([]),
});
const enhancedFinding = z.object({
  severity: z.string(),
  fixAvailable: z.string().optional(),
  packageVulnerabilityDetails: z
    .object({
      vulnerabilityId: z.string().optional(),
      vulnerablePackages: z
        .array(
          z.object({
            name: z.string(),
            version: z.string().optional(),
            fixedInVersion: z.string().optional(),
          }),
        )
        .default([]),
    })
    .default({ vulnerablePackages: [] }),
});

/** The answer of `aws ecr describe-image-scan-findings`: basic scans fill `findings`, Inspector `enhancedFindings`. */
export const scanAnswer = z.object({
  imageScanStatus: z.object({ status: z.string(), description: z.string().optional() }),
  imageScanFindings: z
    .object({
      findings: z.array(basicFinding).default([]),
      enhancedFindings: z.array(enhancedFinding).default([]),
    })
    .default({ findings: [], enhancedFindings: [] }),
});
export type ScanAnswer = z.infer<typeof scanAnswer>;

export interface Finding {
  id: string;
  severity: string;
  part: string;
  /** A basic scan does not say whether there is a fix. */
  fix: 'available' | 'none' | 'unknown';
}

const severe = new Set(['HIGH', 'CRITICAL']);

/** High and critical findings, by what the gate does with them. An unknown fix counts as one that can be had. */
export function judgeScan(answer: ScanAnswer, allowed: ReadonlySet<string>) {
  const { findings, enhancedFindings } = answer.imageScanFindings;
  const all = [...findings.map(fromBasic), ...enhancedFindings.map(fromEnhanced)].filter(({ severity }) =>
    severe.has(severity),
  );
  const stops = (it: Finding) => it.fix !== 'none' && !allowed.has(it.id);
  return { blocking: all.filter(stops), tolerated: all.filter((it) => !stops(it)) };
}

export function findingText({ id, severity, part, fix }: Finding): string {
  const hint = fix === 'unknown' ? ', fix unknown' : fix === 'available' ? ', fix available' : ', no fix yet';
  return `${id} in ${part} (${severity.toLowerCase()}${hint})`;
}

function fromBasic({ name, severity, attributes }: z.infer<typeof basicFinding>): Finding {
  const value = (key: string) => attributes.find((it) => it.key === key)?.value;
  const part = [value('package_name'), value('package_version')].filter((it) => it !== undefined).join(' ');
  return { id: name, severity, part: part || 'the image', fix: 'unknown' };
}

function fromEnhanced(finding: z.infer<typeof enhancedFinding>): Finding {
  const { vulnerabilityId, vulnerablePackages } = finding.packageVulnerabilityDetails;
  return {
    id: vulnerabilityId ?? 'a finding without a number',
    severity: finding.severity,
    part: vulnerablePackages.map(packageText).join(', ') || 'the image',
    fix:
      finding.fixAvailable === undefined ? 'unknown' : finding.fixAvailable === 'NO' ? 'none' : 'available',
  };
}

function packageText(it: {
  name: string;
  version?: string | undefined;
  fixedInVersion?: string | undefined;
}) {
  const fixed = it.fixedInVersion && it.fixedInVersion !== 'NotAvailable' ? ` → ${it.fixedInVersion}` : '';
  return `${it.name} ${it.version ?? ''}${fixed}`.trim();
}
