import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './charts.ts';
import { sparing } from './helm.ts';
import { readDocuments } from './rendering.ts';
import type { Mapping } from './yaml-value.ts';

const folder = 'valuefiles/environments';
/** The Kustomize overlays that are environments; the others are parts of them. */
export const overlays = ['staging', 'preprod', 'preprod-cluster'].filter((name) =>
  existsSync(join(repository, folder, name, 'kustomization.yaml')),
);

/** Why overlays cannot be built here, or undefined when they can. */
export function whyNoOverlays(): string | undefined {
  if (overlays.length === 0) return `there are no overlays in ${folder}`;
  return spawnSync('kubectl', ['version', '--client']).status === 0
    ? undefined
    : 'there is no kubectl on PATH';
}

const texts = new Map<string, string>();

/** What `kubectl kustomize` makes of an overlay; no cluster is asked. @throws Error with its words */
export function overlayObjects(name: string): Mapping[] {
  const text = texts.get(name) ?? overlayText(name);
  texts.set(name, text);
  return readDocuments(text);
}

function overlayText(name: string): string {
  const built = spawnSync('kubectl', ['kustomize', `${folder}/${name}`], {
    cwd: repository,
    encoding: 'utf8',
    env: { ...process.env, ...sparing },
  });
  if (built.status !== 0) throw new Error(built.stderr);
  return built.stdout;
}
