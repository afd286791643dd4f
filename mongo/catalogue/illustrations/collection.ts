/** `colours`: the first belongs to `<handle>.svg`, each other to `<handle>-<name>.svg`. */
export type Drawing = {
  colours?: Readonly<Record<string, string>>;
  draw: (colour: string) => string;
};
export type Collection = Readonly<Record<string, Drawing>>;
