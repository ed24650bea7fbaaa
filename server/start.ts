import { type Environment, EnvironmentRefused, readEnvironment } from './environment.ts';
import { sentenceOf } from './failures.ts';
import { openStore } from './open-store.ts';
import { DatabaseRefused } from './storage/refused.ts';

const help = `Klantpuls: rapportcijfers of a municipality, live.

  npm start            serves on PORT (3000), keeps its data in DATA_DIR (./data)

Settings come from the environment:
  PORT, HOST (127.0.0.1), DATA_DIR, BACKUP_DIR, PUBLIC_URL, TLS_CERT and TLS_KEY, ADMIN_EMAIL and ADMIN_PASSWORD,
  SECRET_KEY, DATABASE_URL, TRUST_PROXY, LOG_LEVEL (info), RATE_LIMIT (on), TWIML_AUTH_TOKEN`;

/** Longer than this no request is waited for at the end. */
const patience = 10_000;

export async function start(): Promise<void> {
  if (process.argv.includes('--help')) {
    console.log(help);
    return;
  }
  try {
    const environment = readEnvironment(process.env);
    const store = await openStore(environment);
    // Loaded by whoever gets this far: a setting or a database that is refused is told at once.
    const { serve } = await import('./serve.ts');
    const running = await serve({ store, environment });
    stopOnSignal(async () => {
      await running.close();
      await store.close();
    });
    console.log(addresses(running.url, placeOf(environment)));
    if (running.setupUrl)
      console.log(
        `\n  First administrator   ${running.setupUrl}\n                        (once, within 60 minutes)`,
      );
    console.log(`\nready ${running.url}`);
  } catch (error) {
    console.error(reasonOf(error));
    process.exit(1);
  }
}

/** Where the data is; a password in the address is nobody's business. */
function placeOf({ DATABASE_URL, DATA_DIR }: Environment): string {
  if (DATABASE_URL === undefined) return DATA_DIR;
  const { hostname, port, pathname } = new URL(DATABASE_URL);
  return `PostgreSQL ${pathname.slice(1)} on ${hostname}${port ? `:${port}` : ''}`;
}

export const addresses = (url: string, data: string): string => `
  Dashboard   ${url}/
  Kiosk       ${url}/kiosk?touchpoint=balie-1
  Widget      ${url}/widget-example
  QR page     ${url}/q/website
  API         ${url}/api/v1/openapi.json
  Data        ${data}`;

export function stopOnSignal(close: () => Promise<void>): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), patience).unref();
    close().then(
      () => process.exit(0),
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** One clear line per reason; what was not foreseen keeps its trace. */
function reasonOf(error: unknown): string {
  if (error instanceof EnvironmentRefused)
    return error.message
      .split('\n')
      .map((line) => `klantpuls: ${line}`)
      .join('\n');
  if (error instanceof DatabaseRefused) return `klantpuls: ${error.message}`;
  return `klantpuls: ${sentenceOf(error) ?? (error instanceof Error ? error.stack : String(error))}`;
}
