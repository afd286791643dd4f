import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { programPath } from '@shopstack/stack/command';
import { rabbitmqEnvironment } from '@shopstack/stack/parts/rabbitmq';
import type { Arena } from '../arena/arena.ts';
import type { Injector } from './injection.ts';

/** What raises each alarm, and the settings of packages/stack that end it. */
const alarms: Readonly<Record<string, { raise: string[]; end: string[] }>> = {
  memory: {
    raise: ['set_vm_memory_high_watermark', 'absolute', '1MB'],
    end: ['set_vm_memory_high_watermark', 'absolute', '512MB'],
  },
  disk: { raise: ['set_disk_free_limit', '1000000GB'], end: ['set_disk_free_limit', '50MB'] },
};

/** Publishers are blocked until it ends. */
export const brokerAlarm: Injector = async (target, { arena }) => {
  const alarm = alarms[target];
  if (!alarm) throw new Error(`there is no alarm for ${target}`);
  await control(arena, alarm.raise);
  return async () => {
    await control(arena, alarm.end);
    return undefined;
  };
};

async function control({ at }: Arena, parameters: string[]): Promise<void> {
  const env = {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    ...rabbitmqEnvironment(at.layout, at.ports),
  };
  await promisify(execFile)(programPath('rabbitmqctl'), ['-q', ...parameters], { env });
}
