import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

export const root = join(import.meta.dirname, '../..');
/** Where a program of the server is when it is built, which `run.mjs` did before the tests: server/cli/token.ts is server/dist/cli-token.js. */
export const built = (program: string): string =>
  program.startsWith('server/')
    ? join(root, 'server/dist', program.slice('server/'.length).replace(/\.ts$/, '.js').replaceAll('/', '-'))
    : join(root, program);
const run = promisify(execFile);

export interface Program {
  url: string;
  dataDir: string;
  output: string[];
  process: ChildProcess;
  /** SIGTERM, and waits; the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits. */
  kill(): Promise<void>;
  /** The same data, a new process. */
  restart(): Promise<Program>;
  /** A new API token, by the real command. */
  token(role: string, scope?: string): Promise<string>;
  command(name: string, ...args: string[]): Promise<{ stdout: string; stderr: string; code: number }>;
}

const folders: string[] = [];
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder for one test, removed when the test process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'klantpuls-test-'));
  folders.push(folder);
  return folder;
}

/** What a program inherits: nothing of the tests, and the folder for compiled code that `run.mjs` names, also without it. */
const clean = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled'),
  ...Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !/^(VITEST|NODE_OPTIONS|NODE_ENV|TEST|PORT|HOST|DATA_DIR|DATABASE_URL|INIT_CWD)/.test(name),
    ),
  ),
});

export interface ProgramOptions {
  dataDir?: string;
  environment?: Record<string, string>;
  /** What to start, from the project folder. */
  entry?: string;
  /** Started through this, such as a tracer. */
  through?: string[];
}

/** Starts the real program on a free port, ready when this resolves. */
export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  const {
    dataDir = join(temporaryFolder(), 'data'),
    environment = {},
    entry = 'server/main.ts',
    through = [],
  } = options;
  const env = {
    ...clean(process.env),
    PORT: '0',
    DATA_DIR: dataDir,
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'warn',
    ...environment,
  };
  // As `npm start` starts it.
  const flags = entry === 'server/main.ts' ? ['--single-threaded-gc'] : [];
  const [command = '', ...args] = [...through, process.execPath, ...flags, built(entry)];
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  // It ended when all that it said was read as well.
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  createInterface({ input: child.stderr }).on('line', (line) => output.push(line));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output.push(line);
      if (line.startsWith('ready ')) resolve(line.slice('ready '.length));
    });
    child.on('close', (code) => reject(new Error(`The program ended with ${code}:\n${output.join('\n')}`)));
  });
  const program: Program = {
    url,
    dataDir,
    output,
    process: child,
    async stop() {
      child.kill('SIGTERM');
      return exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    restart: () => startProgram({ ...options, dataDir }),
    async token(role, scope) {
      const args = ['--name', `test ${role}`, '--role', role, ...(scope ? ['--for', scope] : [])];
      const { stdout, stderr, code } = await program.command('token', ...args);
      if (code !== 0) throw new Error(stderr);
      return stdout.trim();
    },
    command: (name, ...args) => runCommand(dataDir, name, ...args),
  };
  return program;
}

/** Runs `server/cli/NAME.ts` on a data folder. */
export async function runCommand(dataDir: string, name: string, ...args: string[]) {
  const env = { ...clean(process.env), DATA_DIR: dataDir };
  try {
    const done = await run(process.execPath, [built(`server/cli/${name}.ts`), ...args], {
      cwd: root,
      env,
    });
    return { ...done, code: 0 };
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
    return { stdout, stderr, code };
  }
}
