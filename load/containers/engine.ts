import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export const repository = join(import.meta.dirname, '../..');
/** A project of its own, so that nobody's shop and nobody's data are touched. */
export const project = 'shopstack-proof';
const port = process.env.SHOP_PORT ?? '18080';
export const shopUrl = `http://localhost:${port}`;
const imagePrefix = `${process.env.REPO ?? 'ghcr.io/shopstack'}/shopstack-`;
const tag = process.env.TAG ?? 'development';

export const imageOf = (name: string, version = tag): string => `${imagePrefix}${name}:${version}`;
export const services = ['user', 'catalogue', 'cart', 'payment', 'shipping', 'ratings', 'dispatch'] as const;

interface Words {
  env?: Record<string, string>;
  input?: string;
}

/** Runs docker and gives what it prints. @throws Error with the end of what it says when it fails */
export async function docker(words: readonly string[], { env, input }: Words = {}): Promise<string> {
  const child = spawn('docker', words, {
    cwd: repository,
    env: { ...process.env, SHOP_PORT: port, PUBLIC_URL: shopUrl, TAG: tag, ...env },
  });
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdin.end(input);
  const all = Promise.all([ended, text(child.stdout), text(child.stderr)]);
  const [code, out, errors] = await Promise.race([all, failed]);
  if (code !== 0) throw new Error(`docker ${words.join(' ')}: ${(errors || out).trim().slice(-600)}`);
  return out.trim();
}

export const compose = (words: readonly string[], more: Words = {}): Promise<string> =>
  docker(['compose', '--project-name', project, ...words], more);

export interface Part {
  id: string;
  /** Of the container. */
  name: string;
  service: string;
}
/** A network of the project, as the engine calls it. */
export const networkOf = (name: string): string => `${project}_${name}`;

export async function parts(status: 'running' | 'created'): Promise<Part[]> {
  const format = '{{.ID}} {{.Names}} {{.Label "com.docker.compose.service"}}';
  const filter = `label=com.docker.compose.project=${project}`;
  const words = ['ps', '--all', '--filter', filter, '--filter', `status=${status}`, '--format', format];
  const lines = await docker(words);
  const rows = lines.split('\n').filter(Boolean);
  return rows.map((line) => {
    const [id = '', name = '', service = ''] = line.split(' ');
    return { id, name, service };
  });
}

/** One field of a container or image, as a template of `docker inspect` names it. */
export const inspect = (what: string, field: string): Promise<string> =>
  docker(['inspect', '--format', `{{${field}}}`, what]);
