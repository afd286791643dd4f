/** Runs `work` again and again, `everyMs` after the last run, until `close`, which waits for a running one. */
export function openTicking(work: () => void | Promise<void>, everyMs: number) {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const run = async () => {
    try {
      await work();
    } catch (error) {
      console.error(error);
    }
    if (!stopped) timer = setTimeout(start, everyMs);
  };
  const start = () => {
    running = run();
  };
  timer = setTimeout(start, 0);
  return {
    close(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      return running;
    },
  };
}
