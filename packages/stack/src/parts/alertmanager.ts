import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertmanagerPrograms } from '../../../../scripts/bootstrap/servers.mjs';
import { programPath } from '../command.ts';
import { repository } from '../layout.ts';
import type { Part } from '../part.ts';
import { answersOk } from '../probes.ts';
import type { Surroundings } from '../surroundings.ts';

const configs = join(repository, 'packages/observability/alertmanager');

/** Alertmanager. With ALERTS_SLACK_URL it writes to Slack as in a cluster; without, alerts are only shown. */
export function alertmanagerPart(at: Surroundings, overrides: Readonly<Record<string, string>> = {}): Part {
  const port = at.ports('alertmanager');
  const slackUrl = overrides.ALERTS_SLACK_URL ?? at.outside.ALERTS_SLACK_URL;
  return {
    name: 'alertmanager',
    port,
    listens: [port],
    needs: [],
    remark: `http://localhost:${port}`,
    command: () => {
      const dir = at.layout.folder('alertmanager');
      const configFile = join(dir, 'alertmanager.yaml');
      writeFileSync(configFile, alertmanagerConfig(slackUrl, dir));
      return {
        program: programPath(alertmanagerPrograms),
        args: [
          `--config.file=${configFile}`,
          `--storage.path=${join(dir, 'data')}`,
          `--web.listen-address=127.0.0.1:${port}`,
          `--web.external-url=http://localhost:${port}/`,
          '--cluster.listen-address=',
          '--log.level=warn',
        ],
        env: { GOMAXPROCS: '1' },
        cwd: dir,
        whenWeDie: 'SIGTERM',
      };
    },
    isReady: () => answersOk(port, '/-/ready'),
    readyWithinMs: 30_000,
    stopWithinMs: 1000,
  };
}

/** The configuration of a cluster; the Slack address is in a file that only its owner can read. */
function alertmanagerConfig(slackUrl: string | undefined, dir: string): string {
  if (!slackUrl) return readFileSync(join(configs, 'alertmanager.yaml'), 'utf8');
  const urlFile = join(dir, 'slack-url');
  writeFileSync(urlFile, slackUrl, { mode: 0o600 });
  const text = readFileSync(join(configs, 'alertmanager-slack.yaml'), 'utf8');
  return text.replaceAll(/api_url_file: .*$/gm, `api_url_file: ${JSON.stringify(urlFile)}`);
}
