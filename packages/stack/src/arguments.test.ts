import { expect, test } from '@jest/globals';
import { parseArguments } from './arguments.ts';
import { settingsFrom, UsageError } from './settings.ts';

test('flags are understood, long and short', () => {
  expect(parseArguments(['start', '--detach'], {}).flags.has('detach')).toBe(true);
  expect(parseArguments(['start', '--observe'], {}).flags.has('observe')).toBe(true);
  expect(parseArguments(['logs', 'cart', '-f'], {})).toMatchObject({ command: 'logs', names: ['cart'] });
  expect(parseArguments(['logs', 'cart', '-f'], {}).flags.has('follow')).toBe(true);
});

test('a flag that npm kept for itself still counts', () => {
  expect(parseArguments(['start'], { npm_config_detach: 'true' }).flags.has('detach')).toBe(true);
  expect(parseArguments(['logs', 'cart'], { npm_config_force: 'true' }).flags.has('follow')).toBe(true);
  expect(parseArguments(['start'], { npm_config_force: 'true' }).flags.size).toBe(0);
});

test.each([[['fly']], [['start', '--fast']], [['stop', 'cart']], [[]]])(
  '%j is refused with one line',
  (words) => {
    expect(() => parseArguments(words, {})).toThrow(UsageError);
    expect(() => parseArguments(words, {})).toThrow(/^[^\n]*Usage: [^\n]*$/);
  },
);

test('ports come from the environment and must be ports', () => {
  expect(settingsFrom({})).toMatchObject({ portBase: 18_000, gatewayPort: 8080 });
  expect(settingsFrom({ SHOP_PORT: '9000', SHOP_PORT_BASE: '' })).toMatchObject({
    portBase: 18_000,
    gatewayPort: 9000,
  });
  expect(() => settingsFrom({ SHOP_PORT: 'eighty' })).toThrow('SHOP_PORT is eighty');
});
