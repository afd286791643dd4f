const placeholder = /\$\{([A-Z][A-Z0-9_]*)\}/g;

/**
 * Fills `${NAME}` in the gateway's template; nginx' own variables are in lower case and stay.
 * Throws when the template needs a variable that is not given, or one is given that it does not know.
 */
export function renderGateway(template: string, variables: Readonly<Record<string, string>>): string {
  const known = new Set([...template.matchAll(placeholder)].map(([, name]) => name));
  const missing = [...known].filter((name) => name !== undefined && variables[name] === undefined);
  if (missing.length > 0) throw new Error(`the gateway's template needs ${missing.join(', ')}`);
  const unknown = Object.keys(variables).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`the gateway's template does not know ${unknown.join(', ')}`);
  return template.replaceAll(placeholder, (_whole, name: string) => variables[name] ?? '');
}
