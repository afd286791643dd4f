import { problem } from '@shopstack/kit/problem';

export interface Provenance {
  origin: string | undefined;
  fetchSite: string | undefined;
  /** The host that the request was sent to, with its port. */
  host: string | undefined;
}

/**
 * Refuses what another site's page made a browser send. Programs that are not browsers send neither header.
 * @throws Problem `origin-rejected`.
 */
export function checkOrigin({ origin, fetchSite, host }: Provenance, publicUrl: string): void {
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') refuse();
  if (origin === undefined) return;
  if (!URL.canParse(origin)) refuse();
  const shown = new URL(origin);
  if (shown.origin === new URL(publicUrl).origin) return;
  if (shown.protocol.startsWith('http') && shown.host === host) return;
  refuse();
}

function refuse(): never {
  throw problem('origin-rejected');
}
