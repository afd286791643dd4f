import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { renderGateway } from './render.ts';

const template = readFileSync(new URL('nginx.conf.template', import.meta.url), 'utf8');
const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
const sorted = (names: Iterable<string | undefined>) => [...new Set(names)].sort();

describe("the gateway's template", () => {
  it('fills capitals and leaves the variables of nginx alone', () => {
    expect(renderGateway(`listen \${PORT}; set \${host} $uri; \${PORT}`, { PORT: '80' })).toBe(
      `listen 80; set \${host} $uri; 80`,
    );
  });

  it('takes an empty value, and one that looks like a pattern, as it is', () => {
    expect(renderGateway(`a\${EMPTY}b\${DOLLARS}`, { EMPTY: '', DOLLARS: "$&$1$'" })).toBe("ab$&$1$'");
  });

  it('names every variable that is missing', () => {
    expect(() => renderGateway(`\${ONE} \${TWO} \${THREE}`, { TWO: '' })).toThrow(/ONE, THREE$/);
  });

  it('names a variable that it does not know', () => {
    expect(() => renderGateway(`\${ONE}`, { ONE: '1', TOW: '2' })).toThrow(/does not know TOW$/);
  });

  it('has all its variables in the README, and no others are there', () => {
    const used = [...template.matchAll(/\$\{([A-Z][A-Z0-9_]*)\}/g)].map(([, name]) => name);
    const described = [...readme.matchAll(/^\| `([A-Z][A-Z0-9_]*)` +\|/gm)].map(([, name]) => name);
    expect(sorted(described)).toEqual(sorted(used));
  });
});
