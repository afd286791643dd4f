import { describe, expect, it } from '@jest/globals';
import {
  applicationFaults,
  applicationRenderings,
  argocdObjects,
  deploymentFaults,
  nameIn,
  sourcesOf,
  whyNoApplications,
} from './argocd.ts';
import { serviceCharts } from './charts.ts';
import { whyHelmCannotRun } from './helm.ts';
import { schemaFaults } from './kubernetes-schema.ts';
import { overlayObjects, overlays, whyNoOverlays } from './overlay.ts';
import { podFaults } from './pod-policy.ts';
import { secretsMade, secretsNeeded } from './secret-policy.ts';
import { dig, type Mapping, mapping } from './yaml-value.ts';

const whyNone = whyNoApplications();
if (whyNone) console.warn(`SKIPPED, no Applications are checked: ${whyNone}`);
const objects = whyNone ? [] : argocdObjects();
const projects = objects.filter(({ kind }) => kind === 'AppProject');
const applications = objects.filter(({ kind }) => kind === 'Application');
const withApplications = whyNone ? describe.skip : describe;

withApplications('argocd/', () => {
  it('has an Application per service and for the gateway', () => {
    expect(applications.map(nameIn)).toEqual(expect.arrayContaining([...serviceCharts, 'web']));
  });
  it('has only what Argo CD knows, within its projects, and nothing that points nowhere', () => {
    expect(objects.flatMap((it) => applicationFaults(it, projects))).toEqual([]);
  });

  const cart = () => structuredClone(applications.find((it) => nameIn(it) === 'cart') ?? {});
  const changed = (path: string[], key: string, value: unknown): Mapping => {
    const object = cart();
    mapping(dig(object, ...path))[key] = value;
    return object;
  };
  it.each([
    ['a misspelt field', changed(['spec'], 'syncPolice', {}), /unknown key syncPolice/],
    ['a wrong type', changed(['spec', 'syncPolicy', 'automated'], 'prune', 'yes'), /must be boolean/],
    ['a path that is not there', changed(['spec', 'source'], 'path', 'helm/kart'), /no helm\/kart/],
    ['values that are not there', changed(['spec', 'source', 'helm'], 'valueFiles', ['v.yaml']), /v\.yaml/],
    ['an unknown project', changed(['spec'], 'project', 'default'), /no project default/],
    ['another namespace', changed(['spec', 'destination'], 'namespace', 'kube-system'), /kube-system/],
    ['another repository', changed(['spec', 'source'], 'repoURL', 'https://x.example'), /may not read/],
  ])('would show %s', (_what, object, expected) => {
    expect(applicationFaults(object, projects).join('\n')).toMatch(expected);
  });
});

const whyHelm = whyHelmCannotRun();
if (whyHelm) console.warn(`SKIPPED, what Applications point at is not rendered: ${whyHelm}`);
const ours = applications.filter((it) => sourcesOf(it).some(({ path }) => String(path).startsWith('helm/')));
const withBoth = whyNone || whyHelm || ours.length === 0 ? describe.skip : describe;

withBoth('what Applications deploy', () => {
  it.each(ours.map((application) => ({ name: nameIn(application), application })))(
    '$name can be rendered, keeps the rules and is let through by its project',
    ({ application }) => {
      const [, rendered = []] = applicationRenderings(ours).find(([it]) => it === application) ?? [];
      expect(rendered.length).toBeGreaterThan(0);
      expect(rendered.flatMap(schemaFaults)).toEqual([]);
      expect(podFaults(rendered, 'staging')).toEqual([]);
      expect(deploymentFaults(application, rendered, projects)).toEqual([]);
    },
  );
  it('starts in its wave: what it needs of Secrets comes with it or with a wave before', () => {
    const waves = applicationRenderings(ours).map(([application, rendered]) => {
      const wave = dig(application, 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave');
      return { name: nameIn(application), wave: Number(wave), rendered };
    });
    const missing = waves.flatMap(({ name, wave, rendered }) => {
      const present = waves.filter((it) => it.wave < wave).flatMap((it) => secretsMade(it.rendered));
      const made = [...present, ...secretsMade(rendered)];
      return secretsNeeded(rendered).flatMap((it) => (made.includes(it) ? [] : [`${name} waits for ${it}`]));
    });
    expect(missing).toEqual([]);
  });
  it('a project that refuses a kind is noticed', () => {
    const [application = {}] = ours;
    const clusterRole = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'x' },
    };
    expect(deploymentFaults(application, [clusterRole], projects).join('\n')).toMatch(
      /refuses .*ClusterRole/,
    );
  });
});

const whyNot = whyNone ?? whyNoOverlays();
if (whyNot) console.warn(`SKIPPED, overlays are not built: ${whyNot}`);
const withOverlays = whyNot ? describe.skip : describe;

withOverlays.each(overlays.length > 0 ? overlays : ['none'])('the overlay %s', (overlay) => {
  it('has only what Argo CD knows, within its projects, and nothing that points nowhere', () => {
    const built = overlayObjects(overlay).filter(({ apiVersion }) => apiVersion === 'argoproj.io/v1alpha1');
    expect(built.filter(({ kind }) => kind === 'Application').length).toBeGreaterThan(8);
    expect(built.flatMap((it) => applicationFaults(it, projects))).toEqual([]);
  });
  // Staging is rendered above; the two overlays of preprod deploy the same.
  if (overlay !== 'preprod') return;
  const needsHelm = whyHelm ? it.skip : it;
  needsHelm('deploys what keeps the rules', () => {
    const deployed = overlayObjects(overlay).filter(({ kind }) => kind === 'Application');
    const renderings = applicationRenderings(deployed);
    const faults = renderings.flatMap(([application, rendered]) => [
      ...podFaults(rendered, 'staging'),
      ...deploymentFaults(application, rendered, projects),
    ]);
    expect(renderings.length).toBeGreaterThan(8);
    expect(renderings.filter(([, rendered]) => rendered.length === 0)).toEqual([]);
    expect(faults).toEqual([]);
  });
});
