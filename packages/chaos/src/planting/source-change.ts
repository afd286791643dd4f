/** One text of a source file and what stands there instead. */
export interface SourceChange {
  /** From the repository's root. */
  file: string;
  /** Occurs exactly once in the file. */
  find: string;
  replace: string;
}

export const occurrences = (source: string, text: string): number => source.split(text).length - 1;

/** @throws Error that names file and text when the text is not there exactly once: the code has moved. */
export function changeSource(source: string, { file, find, replace }: SourceChange): string {
  const found = occurrences(source, find);
  if (found === 1) return source.replace(find, () => replace);
  throw new Error(
    `${file} has this text ${found} times instead of once. It has moved: bring the table in packages/chaos up to date.\n${find}`,
  );
}
