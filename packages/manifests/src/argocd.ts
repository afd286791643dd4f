import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './charts.ts';
import { helm } from './helm.ts';
import { schemaFaults } from './kubernetes-schema.ts';
import { readDocuments } from './rendering.ts';
import { dig, type Mapping, mapping, mappings, texts } from './yaml-value.ts';

const folder = join(repository, 'argocd');
export const whyNoApplications = (): string | undefined =>
  existsSync(folder) ? undefined : 'there is no folder argocd';

/** Every object of `argocd/`, Kustomize's own files left out. */
export const argocdObjects = (): Mapping[] =>
  globSync('**/*.yaml', { cwd: folder })
    .sort()
    .flatMap((file) => readDocuments(readFileSync(join(folder, file), 'utf8')))
    .filter(({ kind }) => kind !== 'Kustomization');

export const nameIn = (object: Mapping): string => String(dig(object, 'metadata', 'name'));

/** `source` or each of `sources`. */
export const sourcesOf = (application: Mapping): Mapping[] => [
  ...mappings([dig(application, 'spec', 'source')]),
  ...mappings(dig(application, 'spec', 'sources')),
];

/** What Argo CD would refuse about an object, with what it points at in this repository. */
export function applicationFaults(object: Mapping, projects: readonly Mapping[]): string[] {
  const faults = schemaFaults(object);
  if (object.kind !== 'Application') return faults;
  return [...faults, ...sourceFaults(object), ...projectFaults(object, projects)];
}

function sourceFaults(application: Mapping): string[] {
  const name = nameIn(application);
  return sourcesOf(application).flatMap((source) => {
    const path = typeof source.path === 'string' ? source.path : '';
    const files = texts(dig(source, 'helm', 'valueFiles')).map((file) =>
      file.startsWith('$values/') ? file.slice('$values/'.length) : join(path, file),
    );
    return [path, ...files]
      .filter((it) => it !== '' && !existsSync(join(repository, it)))
      .map((it) => `${name}: there is no ${it}`);
  });
}

function projectFaults(application: Mapping, projects: readonly Mapping[]): string[] {
  const name = nameIn(application);
  const wanted = String(dig(application, 'spec', 'project'));
  const project = projects.find((it) => nameIn(it) === wanted);
  if (!project) return [`${name}: there is no project ${wanted}`];
  const namespace = dig(application, 'spec', 'destination', 'namespace');
  const allowed = mappings(dig(project, 'spec', 'destinations')).some((it) => it.namespace === namespace);
  const repositories = texts(dig(project, 'spec', 'sourceRepos'));
  const strange = sourcesOf(application).filter(({ repoURL }) => !repositories.includes(String(repoURL)));
  return [
    ...(allowed ? [] : [`${name}: ${wanted} may not deploy to ${String(namespace)}`]),
    ...strange.map(({ repoURL }) => `${name}: ${wanted} may not read ${String(repoURL)}`),
  ];
}

/** The objects of the chart that an Application points at, as Argo CD would render it; undefined when it is no chart of ours. */
export function applicationRendering(application: Mapping): Mapping[] | undefined {
  const source = sourcesOf(application).find(({ path }) => String(path).startsWith('helm/'));
  if (!source) return undefined;
  const options = mapping(source.helm);
  const path = String(source.path);
  const files = texts(options.valueFiles).flatMap((file) => ['--values', join(repository, path, file)]);
  const parameters = mappings(options.parameters).flatMap(({ name, value, forceString }) => [
    forceString === true ? '--set-string' : '--set',
    `${String(name)}=${String(value)}`,
  ]);
  const release = String(options.releaseName ?? nameIn(application));
  const namespace = String(dig(application, 'spec', 'destination', 'namespace'));
  return readDocuments(helm('template', release, path, '--namespace', namespace, ...files, ...parameters));
}

const groupOf = (apiVersion: unknown): string =>
  String(apiVersion).includes('/') ? (String(apiVersion).split('/')[0] ?? '') : '';

/** Objects that the Application's project does not let through, or that would lie in another namespace. */
export function deploymentFaults(
  application: Mapping,
  objects: readonly Mapping[],
  projects: readonly Mapping[],
): string[] {
  const project = projects.find((it) => nameIn(it) === dig(application, 'spec', 'project'));
  const allowed = ['namespaceResourceWhitelist', 'clusterResourceWhitelist']
    .flatMap((list) => mappings(dig(project, 'spec', list)))
    .map(({ group, kind }) => `${String(group)}/${String(kind)}`);
  const namespace = dig(application, 'spec', 'destination', 'namespace');
  return objects.flatMap((object) => {
    const kind = `${groupOf(object.apiVersion)}/${String(object.kind)}`;
    const at =
      dig(object, 'metadata', 'namespace') ?? (object.kind === 'Namespace' ? nameIn(object) : undefined);
    return [
      ...(allowed.includes(kind) ? [] : [`${nameIn(application)}: its project refuses ${kind}`]),
      ...(at === namespace ? [] : [`${nameIn(application)}: ${kind} would lie in ${String(at)}`]),
    ];
  });
}
