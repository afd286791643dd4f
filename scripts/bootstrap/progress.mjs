const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;
const LINE_EVERY_MS = 15_000;

/** @typedef {NodeJS.WritableStream & { isTTY?: boolean, columns?: number }} Stream */

/**
 * @typedef {object} Task
 * @property {string} label
 * @property {string} note what it is doing
 * @property {number} begun
 */

/**
 * Shows long work: one line with a spinner per task on a terminal, now and then a plain line elsewhere.
 * @param {Stream} stream
 */
export function openProgress(stream) {
  /** @type {Set<Task>} */
  const tasks = new Set();
  const show = stream.isTTY ? animate(stream, tasks) : remind(stream, tasks);
  return {
    /**
     * @param {string} label
     * @returns {{ note(text: string): void, done(outcome: string): void }}
     */
    begin(label) {
      const task = { label, note: '', begun: Date.now() };
      tasks.add(task);
      show.begun(task);
      return {
        note: (text) => {
          task.note = text;
        },
        done: (outcome) => {
          tasks.delete(task);
          show.done(`${label}: ${outcome} (${elapsed(task)})`);
        },
      };
    },
    end: () => show.end(),
  };
}

/** @typedef {ReturnType<typeof openProgress>} Progress */

/** @param {Task} task */
const elapsed = ({ begun }) => `${Math.round((Date.now() - begun) / 1000)} s`;

/**
 * @param {Stream} stream
 * @param {Set<Task>} tasks
 */
function animate(stream, tasks) {
  let drawn = 0;
  let frame = 0;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const erase = () => {
    if (drawn > 0) stream.write(`\u001b[${drawn}A\u001b[J`);
    drawn = 0;
  };
  const draw = () => {
    erase();
    const width = (stream.columns || 80) - 1;
    for (const task of tasks) {
      const line = `${spinner[frame % spinner.length]} ${task.label}  ${elapsed(task)}  ${task.note}`;
      stream.write(`${line.slice(0, width)}\n`);
      drawn++;
    }
    frame++;
  };
  return {
    begun: () => {
      timer ??= setInterval(draw, FRAME_MS);
    },
    /** @param {string} line */
    done: (line) => {
      erase();
      stream.write(`${line}\n`);
      draw();
    },
    end: () => {
      clearInterval(timer);
      erase();
    },
  };
}

/**
 * @param {Stream} stream
 * @param {Set<Task>} tasks
 */
function remind(stream, tasks) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const tell = () => {
    for (const task of tasks) stream.write(`${task.label} … ${elapsed(task)} ${task.note}\n`);
  };
  return {
    /** @param {Task} task */
    begun: (task) => {
      timer ??= setInterval(tell, LINE_EVERY_MS);
      stream.write(`${task.label} …\n`);
    },
    /** @param {string} line */
    done: (line) => void stream.write(`${line}\n`),
    end: () => clearInterval(timer),
  };
}
