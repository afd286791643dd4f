import { gauge } from './metrics.ts';

const connections = gauge('shop_pool_connections');

/** Counts a pool's connections as it goes; several pools under one name add up. */
export function measurePool(pool: string, limit: number) {
  connections.add(limit, { pool, state: 'limit' });
  for (const state of ['used', 'waiting'] as const) connections.add(0, { pool, state });
  const waiting = (change: number) => connections.add(change, { pool, state: 'waiting' });
  const used = (change: number) => connections.add(change, { pool, state: 'used' });
  return {
    /** Somebody asks for a connection. */
    asked: () => waiting(1),
    got: () => {
      waiting(-1);
      used(1);
    },
    /** Somebody got none. */
    refused: () => waiting(-1),
    returned: () => used(-1),
    closed: () => connections.add(-limit, { pool, state: 'limit' }),
  };
}

type PoolEvent = `connectionCheck${'OutStarted' | 'edOut' | 'OutFailed' | 'edIn'}`;

/** Follows the pool of a MongoDB client by its events. */
export function measureMongoPool(
  client: { on(event: PoolEvent, listener: () => void): unknown },
  limit: number,
): void {
  const pool = measurePool('mongodb', limit);
  client.on('connectionCheckOutStarted', pool.asked);
  client.on('connectionCheckedOut', pool.got);
  client.on('connectionCheckOutFailed', pool.refused);
  client.on('connectionCheckedIn', pool.returned);
}
