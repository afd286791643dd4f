/** How a value is kept in a text column: MariaDB and MySQL disagree on what their JSON type returns. */
export interface JsonColumn<T> {
  write(value: T): string;
  /** Throws when the text is not what the schema says. */
  read(text: string): T;
}

/** A codec for one column; `schema` is anything with `parse`, usually a zod schema. */
export const jsonColumn = <T>(schema: { parse(value: unknown): T }): JsonColumn<T> => ({
  write: (value) => JSON.stringify(value),
  read: (text) => schema.parse(JSON.parse(text)),
});
