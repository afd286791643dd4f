import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { readCommand } from '../src/command-line.ts';
import { readSettings } from '../src/settings.ts';

const buildspec = z
  .object({
    version: z.literal(0.2),
    env: z.object({ 'git-credential-helper': z.literal('yes'), variables: z.record(z.string(), z.string()) }),
    phases: z.record(z.string(), z.object({ commands: z.array(z.string()) }).loose()),
    cache: z.object({ paths: z.array(z.string()) }),
  })
  .strict()
  .parse(parse(readFileSync(join(import.meta.dirname, '../../../buildspec.yml'), 'utf8')));

test('CodeBuild runs only commands that the tool has, with variables that it knows', () => {
  const commands = Object.values(buildspec.phases).flatMap((phase) => phase.commands);
  const typed = commands.flatMap((line) => /^npm run release -- (.+)$/.exec(line)?.[1] ?? []);
  expect(typed.map((line) => readCommand(line.split(' ')).kind)).toEqual(['login', 'release', 'status']);
  expect(readSettings(buildspec.env.variables).setRepository).toBe(true);
});
