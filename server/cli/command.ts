import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { databaseFile, type Environment, EnvironmentRefused, readEnvironment } from '../environment.ts';
import { sentenceOf } from '../failures.ts';
import { openStore } from '../open-store.ts';
import type { AuditEntry } from '../storage/port/audit.ts';
import type { Store } from '../storage/port.ts';
import { DatabaseRefused } from '../storage/refused.ts';

/** A failure that the person can do something about; the message says what. */
export class CommandRefused extends Error {}

export interface Command<Options extends NonNullable<ParseArgsConfig['options']>> {
  /** Shown by --help: what it does, how it is called, what its options mean. */
  help: string;
  options: Options;
  run(input: {
    environment: Environment;
    values: ReturnType<typeof parseArgs<{ options: Options; allowPositionals: true }>>['values'];
    positionals: string[];
    /** Opens the database of DATABASE_URL or DATA_DIR; closed when the command ends. */
    open(options?: { mustExist: boolean }): Promise<Store>;
  }): Promise<void>;
}

/** For the audit log: a command by whoever is signed in on the server. */
export function auditOf(command: string, object: string | null = null): AuditEntry {
  let name = '';
  try {
    name = userInfo().username;
  } catch {
    // A container may run as a number that has no name.
  }
  return {
    ...{ kind: 'command', actor: name, name, session: null, method: 'COMMAND', route: command },
    ...{ object, outcome: 200 },
  };
}

/** Where a person means a file to be: from the folder in which they typed the command. */
export const fileFrom = (name: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), name);

/** Runs a command: its help, its options, its end. Exit 1 with one clear line when it fails. */
export async function command<Options extends NonNullable<ParseArgsConfig['options']>>(
  definition: Command<Options>,
): Promise<void> {
  let store: Store | null = null;
  try {
    if (process.argv.includes('--help') || process.argv.includes('-h')) {
      console.log(definition.help);
      return;
    }
    const { values, positionals } = parseArgs({ options: definition.options, allowPositionals: true });
    const environment = readEnvironment(process.env);
    await definition.run({
      environment,
      values: values as never,
      positionals,
      open: async ({ mustExist } = { mustExist: false }) => {
        const file = databaseFile(environment);
        if (mustExist && environment.DATABASE_URL === undefined && !existsSync(file))
          throw new CommandRefused(
            `There is no database ${file}. Set DATA_DIR to the folder that the server uses.`,
          );
        store = await openStore(environment);
        return store;
      },
    });
  } catch (error) {
    console.error(messageOf(error, definition.help));
    process.exitCode = 1;
  } finally {
    await (store as Store | null)?.close();
  }
}

function messageOf(error: unknown, help: string): string {
  if (error instanceof CommandRefused || error instanceof DatabaseRefused) return error.message;
  if (error instanceof EnvironmentRefused) return error.message;
  const code = (error as { code?: string }).code ?? '';
  if (code.startsWith('ERR_PARSE_ARGS')) return `${(error as Error).message}\n\n${help}`;
  const known = sentenceOf(error);
  if (known) return known;
  return `This failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** A line that replaces itself on a terminal; on anything else only the last one is printed. */
export class Progress {
  #last = 0;

  show(line: string): void {
    const now = performance.now();
    if (!process.stderr.isTTY || now - this.#last < 100) return;
    this.#last = now;
    process.stderr.write(`\r\u001b[2K${line}`);
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
  }
}
