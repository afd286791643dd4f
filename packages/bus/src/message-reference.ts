import type { MessageDefinition } from '@shopstack/contracts/message';
import { allMessages, dataSchema, type Json, queuesOf, senderOf } from './asyncapi.ts';

const isRecord = (it: unknown): it is Json => typeof it === 'object' && it !== null && !Array.isArray(it);

function typeName(schema: unknown): string {
  if (!isRecord(schema)) return 'any';
  if ('const' in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((it) => String(it)).join(' \\| ');
  if (schema.type === 'array') return `list of ${typeName(schema.items)}`;
  if (isRecord(schema.properties)) return `{ ${Object.keys(schema.properties).join(', ')} }`;
  return String(schema.format ?? schema.type ?? 'any');
}

function line(it: MessageDefinition): string {
  const heard = queuesOf(it).map((queue) => `\`${queue}\``);
  const to = heard.length > 0 ? heard.join(', ') : 'nobody yet';
  return `- \`${it.type}\` ${it.summary}. ${it.kind === 'command' ? 'Command' : 'Event'} from **${senderOf(it)}** to ${to}.`;
}

/** Messages that carry the same data, and what that is. */
function section(alike: readonly MessageDefinition[]): string[] {
  const [first] = alike;
  const schema = first ? dataSchema(first) : {};
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  return [
    ...alike.map(line),
    '',
    '| Field | Type | |',
    '| --- | --- | --- |',
    ...Object.entries(properties).map(
      ([name, field]) =>
        `| \`${name}\` | ${typeName(field)} | ${required.includes(name) ? '' : 'optional'} |`,
    ),
    '',
  ];
}

/** docs/messages.md: every message with who sends it, who hears it and what it carries. */
export function messageReference(): string {
  const groups = Map.groupBy(allMessages, ({ type }) => type.split('.')[0] ?? '');
  return [
    '# Messages',
    '',
    'Made from the contracts by `npm run messages`; a test compares. Every message is a CloudEvents 1.0 envelope around the data shown here; the same as AsyncAPI 3: [asyncapi.json](asyncapi.json). A new version of a type is a new type: changes to these are additive, checked against the last release.',
    '',
    ...[...groups].flatMap(([name, group]) => [
      `## ${name}`,
      '',
      ...[...Map.groupBy(group, ({ data }) => data).values()].flatMap(section),
    ]),
  ].join('\n');
}
