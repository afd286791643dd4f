/**
 * Replaces `${NAME}` for the given names only, like the nginx image's start script; nginx' own variables stay.
 * Throws when a name in capitals is left that nobody gave a value.
 */
export function renderTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const unknown = new Set<string>();
  const text = template.replaceAll(/\$\{([A-Z][A-Z0-9_]*)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) unknown.add(name);
    return value ?? whole;
  });
  if (unknown.size > 0) throw new Error(`the template needs ${[...unknown].join(', ')}`);
  return text;
}
