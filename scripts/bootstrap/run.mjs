import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { findProgram, programDirectories } from './servers.mjs';

const TAIL_LINES = 20;

/**
 * Continues with another program in our place: signals are passed on, our environment and terminal are its own, and the
 * workspace's programs come first on its PATH. It ends when we are killed.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} repository
 * @returns {Promise<number>} its exit code
 */
export function runToExit(program, args, repository) {
  const PATH = [join(repository, 'node_modules/.bin'), dirname(program), process.env.PATH].join(delimiter);
  const [bound, boundArgs] = endingWithUs(program, args);
  const child = spawn(bound, boundArgs, { stdio: 'inherit', env: { ...process.env, PATH } });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve) => {
    child.once('error', (error) => {
      process.stderr.write(`${program} could not be started: ${error.message}\n`);
      resolve(1);
    });
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
  });
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {[string, string[]]}
 */
function endingWithUs(program, args) {
  const setpriv = process.platform === 'linux' && findProgram('setpriv', programDirectories(process.env));
  return setpriv ? [setpriv, ['--pdeathsig', 'TERM', '--', program, ...args]] : [program, [...args]];
}

/**
 * Runs a command to its end with all of its output in a log file.
 * @param {readonly [string, ...string[]]} command
 * @param {{ logFile: string, cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void }} options
 * @returns {Promise<string | undefined>} undefined when it worked, else what happened and the end of its output
 */
export function runLogged(command, options) {
  const { logFile, cwd, env = process.env, onLine } = options;
  const [program, ...args] = command;
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  writeFileSync(logFile, '');
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @param {Buffer} chunk */
  const keep = (chunk) => {
    appendFileSync(logFile, chunk);
    const line = chunk.toString().trim().split('\n').pop();
    if (line) onLine?.(line);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const said = [program, ...args].join(' ');
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`${said} could not be started: ${error.message}`));
    child.once('close', (code) => {
      if (code === 0) resolve(undefined);
      else resolve(`${said} ended with code ${code}:\n${tail(logFile)}\nThe whole output: ${logFile}`);
    });
  });
}

/** @param {string} file */
function tail(file) {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES);
  return lines.map((line) => `    ${line}`).join('\n');
}
