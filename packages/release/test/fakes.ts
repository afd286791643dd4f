import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';

export interface Call {
  program: string;
  words: string[];
  input?: string;
}
/** What a fake registry keeps, and which calls shall go wrong. */
export interface World {
  /** repository → tag → digest */
  images: Record<string, Record<string, string>>;
  account: string;
  immutable: boolean;
  scan: unknown;
  /** The words a failing call contains; with kill, the caller dies instead. */
  faults: { words: string; kill?: boolean; stderr?: string; after?: boolean }[];
}
interface Answer {
  code: number;
  out: string;
  err: string;
}

const newWorld = (): World => ({
  images: { 'shopstack/shopstack-cart': { '1.0.0': 'sha256:first' } },
  account: '123456789012',
  immutable: true,
  scan: { imageScanStatus: { status: 'COMPLETE' }, imageScanFindings: {} },
  faults: [],
});

/** Hands its words to the test and does what it is told; a shell starts ten times as fast as another Node. */
const program = (port: number) => `#!/bin/bash
exec 3<>/dev/tcp/127.0.0.1/${port}
input=''
case " $* " in *' --password-stdin '*) input=$(cat) ;; esac
printf '%s\\0' "$PPID" "\${0##*/}" "$input" "$#" "$@" >&3
IFS= read -r -d '' code <&3; IFS= read -r -d '' out <&3; IFS= read -r -d '' err <&3
printf '%s' "$out"; printf '%s' "$err" >&2
exit "$code"
`;

/** Programs aws, docker and npm in the folder `bin`, with one registry behind them. */
export async function openFakes(bin: string) {
  const state = { world: newWorld(), calls: [] as Call[] };
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const [parent, name = '', input = '', count, ...words] = text.split('\0');
      if (count === undefined || words.length <= Number(count)) return;
      const call = { program: name, words: words.slice(0, Number(count)) };
      state.calls.push(call.words.includes('--password-stdin') ? { ...call, input } : call);
      tell(socket, answerWithFaults(state.world, call, Number(parent)));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  mkdirSync(bin, { recursive: true });
  for (const name of ['aws', 'docker', 'npm']) {
    writeFileSync(join(bin, name), program(port));
    chmodSync(join(bin, name), 0o755);
  }
  return { state, close: () => new Promise<void>((resolve) => void server.close(() => resolve())) };
}

const tell = (socket: Socket, { code, out, err }: Answer) => socket.end(`${code}\0${out}\0${err}\0`);

function answerWithFaults(world: World, call: Call, parent: number): Answer {
  const said = [call.program, ...call.words].join(' ');
  const fault = world.faults.find(({ words }) => said.includes(words));
  if (!fault) return answer(world, call);
  if (fault.after) answer(world, call);
  if (fault.kill) process.kill(parent, 'SIGKILL');
  return { code: 1, out: '', err: `${fault.stderr ?? `${call.program} broke down`}\n` };
}

const reply = (value: unknown): Answer => ({ code: 0, out: JSON.stringify(value), err: '' });
const refuse = (code: string): Answer => ({
  code: 254,
  out: '',
  err: `\nAn error occurred (${code}) when calling the operation: no\n`,
});

function answer(world: World, { program: name, words }: Call): Answer {
  const after = (option: string) => words[words.indexOf(option) + 1] ?? '';
  const repository = after('--repository-name');
  const images = world.images[repository] ?? {};
  switch ([name, ...words.slice(0, 2)].join(' ')) {
    case 'aws sts get-caller-identity':
      return reply({ Account: world.account });
    case 'aws ecr get-login-password':
      return { code: 0, out: 'the-ecr-password\n', err: '' };
    case 'aws ecr describe-images': {
      const imageDigest = images[after('--image-ids').replace('imageTag=', '')];
      return imageDigest ? reply({ imageDetails: [{ imageDigest }] }) : refuse('ImageNotFoundException');
    }
    case 'aws ecr batch-get-image':
      return reply({
        images: [{ imageManifest: manifest(after('--image-ids').replace('imageDigest=', '')) }],
      });
    case 'aws ecr put-image': {
      const [tag, { digest }] = [after('--image-tag'), JSON.parse(after('--image-manifest'))];
      if (images[tag] === digest) return refuse('ImageAlreadyExistsException');
      if (images[tag] !== undefined && world.immutable) return refuse('ImageTagAlreadyExistsException');
      world.images[repository] = { ...images, [tag]: digest };
      return reply({});
    }
    case 'aws ecr describe-image-scan-findings':
      return reply(world.scan);
    case 'docker buildx build': {
      const [, built = '', tag = ''] = /amazonaws\.com\/([^:]+):(.+)/.exec(after('--tag')) ?? [];
      const digest = `sha256:${createHash('sha256').update(`${built}:${tag}`).digest('hex')}`;
      world.images[built] = { ...world.images[built], [tag]: digest };
      return { code: 0, out: '', err: '' };
    }
    default:
      return { code: 0, out: '', err: '' };
  }
}

function manifest(digest: string): string {
  const platforms = ['amd64', 'arm64'].map((architecture) => ({
    digest: `${digest}-${architecture}`,
    platform: { os: 'linux', architecture },
  }));
  const attestation = { digest: `${digest}-sbom`, platform: { os: 'unknown', architecture: 'unknown' } };
  return JSON.stringify({ digest, manifests: [...platforms, attestation] });
}
