import type { FaultName } from '../plan/fault-kinds.ts';
import * as broker from './broker.ts';
import { brokerAlarm } from './broker-alarm.ts';
import { damagedRedis } from './damaged-redis.ts';
import type { Injector } from './injection.ts';
import * as network from './network.ts';
import * as processes from './processes.ts';
import * as provider from './provider.ts';

/** How each kind of fault is made. */
export const injectors: Readonly<Record<FaultName, Injector>> = {
  'kill-service': processes.kill,
  'kill-store': processes.kill,
  'kill-provider': processes.kill,
  'restart-service': processes.restart,
  freeze: processes.freeze,
  'stall-mysql': processes.freeze,
  failpoint: processes.failpoint,
  partition: network.partition,
  'long-partition': network.partition,
  'one-way': network.oneWay,
  'cut-connections': network.cutConnections,
  'slow-network': network.slowNetwork,
  'duplicate-messages': broker.duplicateMessages,
  'late-messages': broker.lateMessages,
  'reordered-messages': broker.reorderedMessages,
  'poison-message': broker.poisonMessage,
  'unknown-version': broker.unknownVersion,
  'unroutable-message': broker.unroutableMessage,
  'broker-alarm': brokerAlarm,
  'provider-timeout': provider.providerTimeout,
  'provider-silent': provider.providerSilent,
  'refund-silent': provider.refundSilent,
  'provider-drop': provider.providerDrop,
  'provider-errors': provider.providerErrors,
  'provider-slow': provider.providerSlow,
  'webhook-never': provider.webhookNever,
  'webhook-duplicate': provider.webhookDuplicate,
  'webhook-reorder': provider.webhookReorder,
  'webhook-forged': provider.webhookForged,
  'carrier-pause': provider.carrierPause,
  'damaged-redis': damagedRedis,
};
