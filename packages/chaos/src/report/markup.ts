const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for HTML and SVG, in content and attributes. */
export const escapeMarkup = (text: string): string => text.replace(/[&<>"]/g, (it) => entities[it] ?? it);
