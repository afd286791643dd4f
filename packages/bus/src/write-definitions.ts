// node write-definitions.ts <file>: what RabbitMQ loads at each boot, with the passwords of the environment.
import { renameSync, writeFileSync } from 'node:fs';
import { brokerDefinitions } from './definitions.ts';

const services = ['user', 'catalogue', 'cart', 'payment', 'shipping', 'ratings', 'dispatch'];
const file = process.argv[2];
if (!file) throw new Error('usage: write-definitions.ts <file>');

function account(name: string) {
  const variable = `${name.toUpperCase()}_AMQP_PASSWORD`;
  const password = process.env[variable];
  if (!password) throw new Error(`${variable} is not set`);
  return { name, password };
}
const users = [
  { ...account('admin'), administrator: true },
  { ...account('audit'), watcher: true },
  ...services.map(account),
];
writeFileSync(`${file}.new`, JSON.stringify(brokerDefinitions({ users }), null, 2));
renameSync(`${file}.new`, file);
console.log(`${users.length} accounts and the topology are in ${file}`);
