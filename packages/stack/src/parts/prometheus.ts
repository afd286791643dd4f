import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programPath } from '../command.ts';
import { repository } from '../layout.ts';
import type { Part } from '../part.ts';
import { answersOk } from '../probes.ts';
import { serviceNames } from '../services.ts';
import type { Surroundings } from '../surroundings.ts';

const ruleFiles = join(repository, 'packages/observability/rules/*.yaml');
/** A fault of a few seconds is seen here; a cluster asks less often. */
const EVERY = '5s';
const SMALL = { GOMAXPROCS: '1', GOGC: '50' };

/** Prometheus: asks every service, computes the rules, tells Alertmanager. */
export function prometheusPart(at: Surroundings): Part {
  const port = at.ports('prometheus');
  return {
    name: 'prometheus',
    port,
    listens: [port],
    needs: [],
    remark: `http://localhost:${port}`,
    command: () => {
      const dir = at.layout.folder('prometheus');
      const configFile = join(dir, 'prometheus.yml');
      // JSON is YAML.
      writeFileSync(configFile, JSON.stringify(prometheusConfig(at), null, 2));
      return {
        program: programPath('prometheus'),
        args: [
          `--config.file=${configFile}`,
          `--storage.tsdb.path=${join(dir, 'data')}`,
          '--storage.tsdb.retention.time=3d',
          '--storage.tsdb.retention.size=256MB',
          '--enable-feature=exemplar-storage',
          `--web.listen-address=127.0.0.1:${port}`,
          `--web.external-url=http://localhost:${port}/`,
          '--log.level=warn',
        ],
        env: SMALL,
        cwd: dir,
        whenWeDie: 'SIGTERM',
      };
    },
    isReady: () => answersOk(port, '/-/ready'),
    readyWithinMs: 30_000,
    stopWithinMs: 1500,
  };
}

/** Every service under its own name as `job`, as in a cluster. */
export function prometheusConfig({ ports }: Pick<Surroundings, 'ports'>) {
  const target = (port: number) => [{ targets: [`127.0.0.1:${port}`] }];
  return {
    global: { scrape_interval: EVERY, scrape_timeout: '4s', evaluation_interval: EVERY },
    rule_files: [ruleFiles],
    alerting: { alertmanagers: [{ static_configs: target(ports('alertmanager')) }] },
    scrape_configs: serviceNames.map((name) => ({
      job_name: name,
      static_configs: target(ports(name)),
    })),
  };
}
