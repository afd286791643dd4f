import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { charts, repository } from './charts.ts';
import { schemaFaults } from './kubernetes-schema.ts';
import { type Part, renderParts } from './parts.ts';
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

/** The chart of ours that an Application points at, with the values that Argo CD gives it; undefined when it is none of ours. */
function partOf(application: Mapping): Part | undefined {
  const source = sourcesOf(application).find(({ path }) => String(path).startsWith('helm/'));
  if (!source) return undefined;
  const options = mapping(source.helm);
  const folder = join(repository, String(source.path));
  const files = texts(options.valueFiles).map((file) => join(folder, file));
  const values = files.map((file) => parse(readFileSync(file, 'utf8')) as unknown);
  const parameters = mappings(options.parameters).filter((it) => !alreadySo(values, it));
  const given = (strings: boolean) =>
    parameters
      .filter(({ forceString }) => (forceString === true) === strings)
      .map(({ name, value }) => `${String(name)}=${String(value)}`);
  // helm reads a chart's own values anyway.
  const more = files.filter((file, index) => index > 0 || file !== join(folder, 'values.yaml'));
  const chart = String(source.path).slice('helm/'.length);
  return { chart, files: more, ...(parameters.length > 0 && { set: given(false), setStrings: given(true) }) };
}

/** Those Applications that are charts of ours, each with its objects as Argo CD would render them. @throws HelmError */
export function applicationRenderings(applications: readonly Mapping[]): [Mapping, Mapping[]][] {
  const ours = applications.flatMap((application) => {
    const part = partOf(application);
    const namespace = String(dig(application, 'spec', 'destination', 'namespace'));
    return part ? [{ application, part, namespace }] : [];
  });
  const inOrder = (charts as readonly string[]).flatMap((it) => ours.filter(({ part }) => part.chart === it));
  return inOrder.map(({ application, part, namespace }) => {
    const together = inOrder.filter((it) => it.namespace === namespace).map((it) => it.part);
    return [application, readDocuments(renderParts(namespace, together).get(part.chart) ?? '')];
  });
}

/** Whether the last file that has a value for a parameter has this very one: then it changes nothing. */
function alreadySo(files: readonly unknown[], { name, value, forceString }: Mapping): boolean {
  const text = String(value);
  const meant = forceString === true ? text : asSet(text);
  const found = files.map((it) => dig(it, ...String(name).split('.'))).findLast((it) => it !== undefined);
  return found === meant;
}

/** What `helm --set` takes a text for. */
function asSet(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return /^(0|[1-9]\d*)$/.test(text) ? Number(text) : text;
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
