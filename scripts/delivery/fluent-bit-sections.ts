interface Section {
  kind: string;
  /** Keys in lower case, as Fluent Bit takes them; of a repeated one the last. */
  values: Readonly<Record<string, string>>;
}

/** The sections of a configuration in Fluent Bit's classic format; `@INCLUDE` is left out. */
export function sectionsOf(text: string): Section[] {
  return text
    .split(/^\s*(?=\[[A-Z]+\])/m)
    .filter((part) => part.startsWith('['))
    .map((part) => {
      const [head = '', ...lines] = part.split('\n').map((line) => line.trim());
      const pairs = lines
        .filter((line) => /^[^#@]/.test(line))
        .map((line) => /^(\S+)\s+(.*)$/.exec(line))
        .map((found) => [found?.[1]?.toLowerCase() ?? '', found?.[2] ?? ''] as const);
      return { kind: head.replaceAll(/[[\]]/g, ''), values: Object.fromEntries(pairs) };
    });
}
