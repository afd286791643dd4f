import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Task } from '../arguments.ts';
import { RESTLESS, runCampaign } from '../campaign/campaign.ts';
import type { Finding } from '../campaign/findings.ts';
import { type Sabotage, sabotageNamed } from '../planting/sabotages.ts';
import { type Proof, sabotageHtml, sabotageMarkdown } from '../report/sabotage-report.ts';
import type { CommandSurroundings } from './surroundings.ts';
import { tailoredTo } from './tailoring.ts';

type SabotageTask = Extract<Task, { kind: 'sabotage' }>;

const ORDERS = 28;
const REST_WITHIN_MS = 45_000;
/** Some mistakes show only when two things meet; so many campaigns are given to each, with one seed after the other. */
const TRIES = 3;

/** Short campaigns for each mistake; true when all were noticed. */
export async function sabotageCommand(
  { names, seed }: SabotageTask,
  around: CommandSurroundings,
): Promise<boolean> {
  const { output, folder } = around;
  output.write(`Seed ${seed}, ${names.length} sabotages\n`);
  const proofs: Proof[] = [];
  for (const name of names) {
    const proof = await proveWithin(TRIES, sabotageNamed(name), seed, around);
    proofs.push(proof);
    const at = proof.seed === seed ? '' : ` (seed ${proof.seed})`;
    output.write(`${proof.caught ? '✓' : '✗'} ${name}${at}: ${proof.shown}\n`);
  }
  const at = folder('sabotages');
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'report.md'), sabotageMarkdown(proofs, seed));
  writeFileSync(join(at, 'report.html'), sabotageHtml(proofs, seed));
  const caught = proofs.filter((it) => it.caught).length;
  output.write(
    `${caught} of ${proofs.length} sabotages caught. Report: ${relative(process.cwd(), at)}/report.html\n`,
  );
  return caught === proofs.length;
}

async function proveWithin(
  tries: number,
  sabotage: Sabotage,
  seed: number,
  around: CommandSurroundings,
): Promise<Proof> {
  const proof = await prove(sabotage, seed, around);
  if (proof.caught || tries === 1) return proof;
  around.output.write(`${sabotage.name} did not show with seed ${seed}\n`);
  return proveWithin(tries - 1, sabotage, seed + 1, around);
}

/** Runs one campaign with this mistake planted and tells what came of it. */
async function prove(
  sabotage: Sabotage,
  seed: number,
  { output, folder, signal }: CommandSurroundings,
): Promise<Proof> {
  const began = Date.now();
  const { name, mistake, service, breaks } = sabotage;
  const about = { name, mistake, service, expected: breaks, seed };
  try {
    const { findings } = await runCampaign({
      orders: ORDERS,
      faults: 0,
      seed,
      folder: folder('sabotages', name),
      output,
      signal,
      sabotage,
      tailor: tailoredTo(sabotage),
      restWithinMs: REST_WITHIN_MS,
      endsWithViolation: true,
    });
    return { ...about, ...verdict(findings, breaks), tookMs: Date.now() - began };
  } catch (error) {
    if (signal.aborted) throw error;
    const shown = `the campaign failed: ${error instanceof Error ? error.message : String(error)}`;
    return { ...about, caught: false, broken: [], shown, tookMs: Date.now() - began };
  }
}

/** That a shop is merely slow proves nothing, unless the mistake makes orders hang. */
function verdict(
  findings: readonly Finding[],
  breaks: readonly string[],
): Pick<Proof, 'caught' | 'broken' | 'shown'> {
  const violations = findings
    .flatMap((it) => it.violations)
    .filter(({ id }) => id !== RESTLESS || breaks.includes('I6'));
  const broken = [...new Set(violations.map(({ promise }) => promise))];
  const first = violations.find(({ promise }) => breaks.includes(promise)) ?? violations[0];
  const shown = first ? `${first.promise} ${first.id} ${first.detail}` : 'no violation';
  return { caught: violations.length > 0, broken, shown };
}
