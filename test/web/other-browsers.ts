import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { Builder, type WebDriver } from 'selenium-webdriver';
import { Options as FirefoxOptions } from 'selenium-webdriver/firefox.js';

/** Debian's WebKitGTK has no windows without a display: Xvfb gives it one. */
const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

type OtherBrowser = {
  /** Paths of the programs that it needs, each with how to get it. */
  readonly needs: readonly (readonly [path: string, howTo: string])[];
  /** The command that starts its WebDriver server on a port. */
  readonly command: (port: number) => readonly string[];
  readonly configure: (builder: Builder) => Builder;
};

const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
const GECKODRIVER = process.env.GECKODRIVER ?? '/usr/local/bin/geckodriver';

export const OTHER_BROWSERS = {
  'Firefox ESR': {
    needs: [
      [FIREFOX, 'install firefox-esr or set FIREFOX to its path'],
      [GECKODRIVER, 'install geckodriver or set GECKODRIVER to its path'],
    ],
    command: (port) => [GECKODRIVER, '--port', String(port)],
    configure: (builder) =>
      builder
        .forBrowser('firefox')
        .setFirefoxOptions(new FirefoxOptions().setBinary(FIREFOX).addArguments('-headless')),
  },
  WebKitGTK: {
    needs: [
      ['/usr/bin/WebKitWebDriver', 'install webkit2gtk-driver'],
      [MINI_BROWSER, 'install webkit2gtk-driver'],
      ['/usr/bin/xvfb-run', 'install xvfb'],
    ],
    command: (port) => ['xvfb-run', '--auto-servernum', 'WebKitWebDriver', `--port=${port}`],
    configure: (builder) =>
      builder.withCapabilities({
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] },
      }),
  },
} satisfies Record<string, OtherBrowser>;
export type OtherBrowserName = keyof typeof OTHER_BROWSERS;

/** For `describe.skipIf`. Says how to get what is missing, and with CI=true throws instead. */
export function isMissing(name: OtherBrowserName): boolean {
  const missing = OTHER_BROWSERS[name].needs.filter(([path]) => !existsSync(path));
  if (missing.length === 0) return false;
  const howTo = `tests of the page in ${name}; ${missing.map(([, how]) => how).join(', and ')}`;
  if (process.env.CI === 'true') throw new Error(`missing in CI: ${howTo}`);
  console.warn(`skipped: ${howTo}`);
  return true;
}

/** Starts a browser with its WebDriver server; `stop` ends both. */
export async function startBrowser(name: OtherBrowserName): Promise<{ driver: WebDriver; stop(): Promise<void> }> {
  const { command, configure } = OTHER_BROWSERS[name];
  const port = await freePort();
  const [program = '', ...args] = command(port);
  // A process group of its own: xvfb-run does not pass signals on.
  const server = spawn(program, args, {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, WEBKIT_DISABLE_COMPOSITING_MODE: '1' },
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await answers(`${url}/status`, server);
    const driver = await configure(new Builder().usingServer(url)).build();
    return {
      driver,
      async stop() {
        await driver.quit();
        await end(server);
      },
    };
  } catch (error) {
    await end(server);
    throw error;
  }
}

/** @throws Error if nothing answers within 20 s. */
async function answers(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 100 && server.exitCode === null; attempt++) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`nothing answers at ${url}`);
}

async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null) return;
  const ended = once(server, 'exit');
  process.kill(-server.pid, 'SIGTERM');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
