import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { smallHome } from './rabbitmq-home.ts';

let root: string;
const at = () => ({ program: join(root, 'bin/rabbitmq-server'), folder: join(root, 'home') });
const links = () => readdirSync(join(root, 'home/plugins')).sort();
const application = (name: string, dependencies: string) => {
  const folder = join(root, 'server-9/plugins', `${name}-9.1`, 'ebin');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.app`), `{application, ${name}, [{applications, [${dependencies}]}]}.`);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rabbitmq-home-'));
  for (const folder of ['bin', 'server-9/sbin']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'server-9/sbin/rabbitmq-server'), '');
  symlinkSync('../server-9/sbin/rabbitmq-server', at().program);
});
afterEach(() => rmSync(root, { recursive: true }));

test('all libraries are there, and the plugins that are used with what they need', () => {
  application('rabbit', 'kernel,rabbitmq_prelaunch');
  application('rabbitmq_prelaunch', 'cuttlefish');
  application('cuttlefish', '');
  application('gun', '');
  application('rabbitmq_management', 'rabbit,\n  rabbitmq_web_dispatch');
  application('rabbitmq_web_dispatch', 'rabbit');
  application('rabbitmq_mqtt', 'rabbit');
  const always = ['cuttlefish', 'gun', 'rabbit', 'rabbitmq_prelaunch'];
  smallHome(at(), []);
  expect(links()).toEqual(always);
  expect(smallHome(at(), ['rabbitmq_management'])).toBe(at().folder);
  expect(links()).toEqual([...always, 'rabbitmq_management', 'rabbitmq_web_dispatch'].sort());
  expect(realpathSync(join(root, 'home/plugins/rabbit'))).toBe(
    realpathSync(join(root, 'server-9/plugins/rabbit-9.1')),
  );
});

test('a server that is laid out otherwise stays where it is', () => {
  expect(smallHome(at(), [])).toBeUndefined();
  application('something', '');
  expect(smallHome(at(), [])).toBeUndefined();
  application('rabbit', '');
  expect(smallHome({ ...at(), folder: join(root, "o'brien") }, [])).toBeUndefined();
});
