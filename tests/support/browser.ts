import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type LaunchOptions,
  type Page,
  chromium as playwright,
} from 'playwright-core';

// The packaged browser unpacks its libraries only where it believes to be needed.
process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x';

/** The packaged arguments switch off the same-origin policy, and with it what some tests are about. */
const harmful = /single-process|disable-web-security|allow-running-insecure-content/;

/**
 * Nothing here draws in three dimensions: emulating a graphics card in software costs more than drawing without one, and
 * a process of its own for it a quarter of every page. Pages are forked from one that is loaded, not loaded each.
 */
const costly = /use-gl|use-angle|ignore-gpu|swiftshader|no-zygote/;
const withoutCard = ['--disable-gpu', '--in-process-gpu'];

/** How to start a real Chromium: the one at CHROMIUM_PATH, or the one that comes along as a package. */
export async function launchOptions(): Promise<LaunchOptions> {
  const { default: packaged } = await import('@sparticuz/chromium');
  const given = process.env.CHROMIUM_PATH;
  return {
    executablePath: given ?? (await packaged.executablePath()),
    args: given
      ? [
          '--no-sandbox',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          ...withoutCard,
        ]
      : [
          ...packaged.args.filter((argument) => !harmful.test(argument) && !costly.test(argument)),
          ...withoutCard,
        ],
    headless: true,
  };
}

let shared: Browser | null = null;

/** The browser of this process. To close it closes what is open in it; the next file of tests goes on with it. */
export async function startBrowser(): Promise<Browser> {
  if (shared?.isConnected()) return shared;
  const browser = await playwright.launch(await launchOptions());
  browser.close = async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  };
  shared = browser;
  return browser;
}

/** The cookies of somebody who signed in: for tests that are about what comes after it. */
export async function signedIn(browser: Browser, url: string, account: { email: string; password: string }) {
  const context = await browser.newContext();
  const { email, password } = account;
  const reply = await context.request.post(`${url}/api/v1/session`, {
    data: { email, password },
    headers: { origin: url },
  });
  if (!reply.ok()) throw new Error(`Signing in was answered ${reply.status()}: ${await reply.text()}`);
  const state = await context.storageState();
  await context.close();
  return state;
}

export interface Watched {
  context: BrowserContext;
  page: Page;
  /** What a person would not want: errors on the console, exceptions, refused resources. */
  complaints: string[];
}

/** A fresh profile whose page keeps every console error, exception and violation of the content policy. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ locale: 'nl-NL', timezoneId: 'Europe/Amsterdam', ...options });
  const complaints: string[] = [];
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { context, page, complaints };
}
