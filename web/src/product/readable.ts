/** Names of attributes come from tags: "made-in" reads "Made in". */
export function readable(name: string): string {
  const words = name.replaceAll(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
