/** Where people look at a commit: `https://host/owner/repository/commit/…`, without credentials. */
export function commitLink(remote: string, commit: string): string | undefined {
  const scp = /^(?:[\w.-]+@)?([\w.-]+\.[a-z]+):(?!\/)(.+?)(?:\.git)?\/?$/.exec(remote);
  if (scp) return `https://${scp[1]}/${scp[2]}/commit/${commit}`;
  if (!URL.canParse(remote)) return undefined;
  const { protocol, hostname, pathname } = new URL(remote);
  if (!['https:', 'http:', 'ssh:'].includes(protocol)) return undefined;
  return `https://${hostname}${pathname.replace(/(\.git)?\/?$/, '')}/commit/${commit}`;
}

interface BuildFacts {
  buildUrl: string | undefined;
  buildId: string | undefined;
  accountId: string | undefined;
  region: string | undefined;
}

/** The page of the running CodeBuild build. */
export function buildLink({ buildUrl, buildId, accountId, region }: BuildFacts): string | undefined {
  if (buildUrl !== undefined) return buildUrl;
  const project = buildId?.split(':')[0];
  if (!project || !buildId || !accountId || !region) return undefined;
  const place = `codesuite/codebuild/${accountId}/projects/${encodeURIComponent(project)}`;
  return `https://${region}.console.aws.amazon.com/${place}/build/${encodeURIComponent(buildId)}/`;
}
