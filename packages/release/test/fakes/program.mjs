// Stands in for aws, docker and npm: node program.mjs <folder> <program> <words…>. JavaScript, as it starts faster.
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./state.ts').World} World */

const [folder = '', program = '', ...words] = process.argv.slice(2);
const lock = join(folder, 'lock');
takeLock();
process.on('exit', () => rmdirSync(lock));
const worldFile = join(folder, 'world.json');
/** @type {World} */
const world = JSON.parse(readFileSync(worldFile, 'utf8'));
const input = words.includes('--password-stdin') ? readFileSync(0, 'utf8') : undefined;
appendFileSync(
  join(folder, 'calls.jsonl'),
  `${JSON.stringify({ program, words, ...(input === undefined ? {} : { input }) })}\n`,
);

const after = (/** @type {string} */ name) => words[words.indexOf(name) + 1] ?? '';
const said = [program, ...words].join(' ');
const fault = world.faults.find((it) => said.includes(it.words));
if (fault && !fault.after) breakDown(fault);
answer();
if (fault) breakDown(fault);

/**
 * @param {World['faults'][number]} fault
 * @returns {never}
 */
function breakDown({ kill, stderr }) {
  if (kill) process.kill(process.ppid, 'SIGKILL');
  process.stderr.write(`${stderr ?? `${program} broke down`}\n`);
  process.exit(1);
}

function answer() {
  const repository = after('--repository-name');
  const images = world.images[repository] ?? {};
  switch (program === 'npm' ? 'npm' : `${program} ${words[0]} ${words[1]}`) {
    case 'aws sts get-caller-identity':
      return reply({ Account: world.account });
    case 'aws ecr get-login-password':
      process.stdout.write('the-ecr-password\n');
      return;
    case 'aws ecr describe-images': {
      const digest = images[after('--image-ids').replace('imageTag=', '')];
      return digest === undefined
        ? refuse('ImageNotFoundException')
        : reply({ imageDetails: [{ imageDigest: digest }] });
    }
    case 'aws ecr batch-get-image':
      return reply({
        images: [{ imageManifest: manifest(after('--image-ids').replace('imageDigest=', '')) }],
      });
    case 'aws ecr put-image':
      return putImage(repository, images);
    case 'aws ecr describe-image-scan-findings':
      return reply(world.scan);
    case 'docker buildx build':
      return build();
  }
}

/**
 * @param {string} repository
 * @param {Record<string, string>} images
 */
function putImage(repository, images) {
  const tag = after('--image-tag');
  const { digest } = JSON.parse(after('--image-manifest'));
  const present = images[tag];
  if (present === digest) return refuse('ImageAlreadyExistsException');
  if (present !== undefined && world.immutable) return refuse('ImageTagAlreadyExistsException');
  world.images[repository] = { ...images, [tag]: digest };
  keepWorld();
}

function build() {
  const [, repository = '', tag = ''] = /amazonaws\.com\/([^:]+):(.+)/.exec(after('--tag')) ?? [];
  const digest = `sha256:${createHash('sha256').update(`${repository}:${tag}`).digest('hex')}`;
  world.images[repository] = { ...world.images[repository], [tag]: digest };
  keepWorld();
}

/** @param {string} digest */
function manifest(digest) {
  const platforms = ['amd64', 'arm64'].map((architecture) => ({
    digest: `${digest}-${architecture}`,
    platform: { os: 'linux', architecture },
  }));
  const attestation = { digest: `${digest}-sbom`, platform: { os: 'unknown', architecture: 'unknown' } };
  return JSON.stringify({ digest, manifests: [...platforms, attestation] });
}

/** @param {unknown} value */
function reply(value) {
  process.stdout.write(JSON.stringify(value));
}

/** @param {string} code */
function refuse(code) {
  process.stderr.write(`\nAn error occurred (${code}) when calling the operation: no\n`);
  process.exitCode = 254;
}

function keepWorld() {
  writeFileSync(worldFile, JSON.stringify(world));
}

function takeLock() {
  for (;;) {
    try {
      return mkdirSync(lock);
    } catch {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
