const events = ['SIGTERM', 'SIGINT', 'SIGHUP', 'exit', 'warning'] as const;

/** The process itself; what a test file changed in it is put back before the next one. */
class NativeEnvironment {
  readonly global = globalThis;
  readonly #variables = { ...process.env };
  readonly #console = globalThis.console;
  readonly #exit = process.exit;
  readonly #listeners = events.map((event) => ({ event, before: new Set(process.rawListeners(event)) }));

  getVmContext = () => null;
  exportConditions = () => ['node', 'import'];
  setup = async () => undefined;

  async teardown() {
    globalThis.console = this.#console;
    process.exit = this.#exit;
    for (const name of Object.keys(process.env)) {
      if (!(name in this.#variables)) Reflect.deleteProperty(process.env, name);
    }
    Object.assign(process.env, this.#variables);
    for (const { event, before } of this.#listeners) {
      for (const listener of process.rawListeners(event)) {
        if (!before.has(listener)) process.removeListener(event, listener as () => void);
      }
    }
  }
}

export { NativeEnvironment as 'module.exports' };
