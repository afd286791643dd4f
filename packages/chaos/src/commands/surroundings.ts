/** What a command of the campaign has around it. */
export interface CommandSurroundings {
  output: NodeJS.WriteStream;
  /** A folder for reports; made when something is written into it. */
  folder: (...names: string[]) => string;
  /** Aborted when somebody presses Ctrl-C. */
  signal: AbortSignal;
}
