import { expect, test } from '@jest/globals';
import { renderTemplate } from './template.ts';

const slot = (name: string) => `\${${name}}`;

test('only names in capitals are replaced, nginx keeps its own variables', () => {
  const template = `listen ${slot('GATEWAY_LISTEN')}; set $a ${slot('uri')}; return "$request_id";`;
  expect(renderTemplate(template, { GATEWAY_LISTEN: '127.0.0.1:8080' })).toBe(
    `listen 127.0.0.1:8080; set $a ${slot('uri')}; return "$request_id";`,
  );
});

test('a name without a value is an error that says which', () => {
  const template = `${slot('SPA_ROOT')} ${slot('NEW_NAME')}`;
  expect(() => renderTemplate(template, { SPA_ROOT: '/x' })).toThrow('NEW_NAME');
});

test('an empty value is a value, and one that looks like a pattern is taken as it is', () => {
  expect(renderTemplate(`[${slot('LINE')}]`, { LINE: '' })).toBe('[]');
  expect(renderTemplate(`[${slot('LINE')}]`, { LINE: "$&$1$'" })).toBe("[$&$1$']");
});
