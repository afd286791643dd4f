/** What is attached to spans; anything else is taken off before a span leaves the process. */
interface AttributeDefinition {
  from: 'us' | 'http' | 'express' | 'undici' | 'mysql2' | 'mongodb and mongoose' | 'ioredis' | 'amqplib';
  meaning: string;
  why: string;
}

/** Names of our own. */
export const orderAttribute = 'shop.order.id';

export const attributes = {
  [orderAttribute]: {
    from: 'us',
    meaning: 'The order that the work was for',
    why: 'Finds every span of an order, also of traces that start later (a timer, a carrier)',
  },
  'http.request.method': { from: 'http', meaning: 'HTTP method', why: 'With the route: the operation' },
  'http.route': {
    from: 'express',
    meaning: 'Path template',
    why: 'Paths and queries hold ids and secrets, so they are not kept',
  },
  'http.response.status_code': { from: 'http', meaning: 'HTTP status', why: 'What came of it' },
  'error.type': {
    from: 'http',
    meaning: 'Class or status of a failure',
    why: 'Failures by kind, without their text',
  },
  'server.address': { from: 'undici', meaning: 'Host that was asked', why: 'Who is slow' },
  'server.port': {
    from: 'undici',
    meaning: 'Port that was asked',
    why: 'Services of one machine differ in nothing else',
  },
  'express.type': { from: 'express', meaning: 'Layer of Express', why: 'Only handlers are kept' },
  'db.system.name': { from: 'mysql2', meaning: 'Kind of store', why: 'Where the time goes' },
  'db.namespace': { from: 'mysql2', meaning: 'Schema', why: 'Whose store' },
  'db.query.text': {
    from: 'mysql2',
    meaning: 'Statement with its placeholders, literals masked, at most 300 characters',
    why: 'Which query is slow; parameters are never in it',
  },
  'db.collection.name': { from: 'mongodb and mongoose', meaning: 'Collection', why: 'Whose documents' },
  'db.operation.name': {
    from: 'mongodb and mongoose',
    meaning: 'Command, without its arguments',
    why: 'What was done',
  },
  'messaging.destination': {
    from: 'amqplib',
    meaning: 'Exchange',
    why: 'Command, event, retry or dead letter',
  },
  'messaging.operation': { from: 'amqplib', meaning: '`process`', why: 'Tells a consumer from a publisher' },
  'messaging.rabbitmq.routing_key': {
    from: 'amqplib',
    meaning: 'Type of the message',
    why: 'What the hop was',
  },
  'messaging.message_id': {
    from: 'amqplib',
    meaning: 'Id of the message',
    why: 'The same in logs and at the desk',
  },
} as const satisfies Record<string, AttributeDefinition>;
