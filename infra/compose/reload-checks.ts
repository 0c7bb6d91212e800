import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Project } from './docker.ts';
import { pollUntil } from './http-client.ts';
import { assert } from './steps.ts';

/** Files that docker-compose.yml and the image of the development server need. */
const SOURCES = [
  ...['functions', 'seed', 'web', 'infra', 'package.json', 'package-lock.json', 'tsconfig.json'],
  ...['docker-compose.yml', '.dockerignore'],
];
/** The sources that the check changes: the route `/healthz`, and a stylesheet that is bundled into `/assets/style.css`. */
export const CHANGED = { route: 'functions/http/app.ts', style: 'web/view/base.css' } as const;
const CHANGES = 3;
/** The promised time of a reload, milliseconds. Missing it is reported but not an error, because machines differ. */
const PROMISED_MS = 2_000;

/**
 * Changes a copy of the sources under `docker compose up --watch dev` and measures the time until the API and the page
 * have changed; for the page, until it is told to reload. @throws StepError
 */
export async function measureReload(
  inDirectory: (directory: string) => Project,
  { base, reload }: { readonly base: string; readonly reload: string },
): Promise<string> {
  const root = await mkdtemp(`${tmpdir()}/curbside-dev-`);
  for (const path of SOURCES) await cp(path, `${root}/${path}`, { recursive: true });
  const [command, args] = inDirectory(root).command('up', '--build', '--watch', 'dev');
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  }
  try {
    const isServed = async (path: string, text = '') => {
      const response = await fetch(`${base}${path}`);
      return response.ok && (await response.text()).includes(text) ? true : undefined;
    };
    await pollUntil('development server', async (observe) => {
      observe(output.slice(-500));
      assert(child.exitCode === null, `docker compose up --watch dev ended: ${output.slice(-500)}`);
      return /watch (enabled|config)/i.test(output) ? isServed('/healthz') : undefined;
    });
    const apiMs: number[] = [];
    const pageMs: number[] = [];
    for (let change = 1; change <= CHANGES; change++) {
      const route = `${root}/${CHANGED.route}`;
      const text = await readFile(route, 'utf8');
      const changedText = text.replace(/'\/healthz\d*'/, `'/healthz${change}'`);
      assert(changedText !== text, `${CHANGED.route} has no route /healthz`);
      // Waits for the reload event instead of polling the API: constant requests would keep the old server from stopping.
      const events = await listen(reload);
      apiMs.push(await measureChange(route, changedText, events.hasChanged));
      assert(await isServed(`/healthz${change}`), 'the page was told to reload before the API had changed');
      events.reset();

      const style = `${root}/${CHANGED.style}`;
      const rule = `.changed-${change}{color:red}`;
      pageMs.push(await measureChange(style, `${await readFile(style, 'utf8')}\n${rule}\n`, events.hasChanged));
      await events.close();
      assert(
        await isServed('/assets/style.css', `.changed-${change}`),
        'the page was told to reload before the stylesheet had changed',
      );
    }
    const isSlow = Math.max(...apiMs, ...pageMs) > PROMISED_MS;
    const remark = isSlow ? `, more than the promised ${PROMISED_MS} ms` : '';
    return `API ${apiMs.join(', ')} ms, page ${pageMs.join(', ')} ms${remark}`;
  } finally {
    child.kill('SIGINT');
    await closed;
    await rm(root, { recursive: true });
  }
}

/** Writes a file and measures the time until its effect, milliseconds. */
async function measureChange(path: string, text: string, hasChanged: () => Promise<true | undefined>): Promise<number> {
  const started = performance.now();
  await writeFile(path, text);
  await pollUntil(`effect of a change of ${path}`, hasChanged, { everyMs: 20, limitMs: 60_000 });
  return Math.round(performance.now() - started);
}

type ReloadEvents = {
  /** Whether the page was told to reload; `undefined` if not yet. */
  readonly hasChanged: () => Promise<true | undefined>;
  /** Forgets past events. */
  readonly reset: () => void;
  readonly close: () => Promise<void>;
};

/** Subscribes to the reload events, as an open page does. */
async function listen(url: string): Promise<ReloadEvents> {
  const reader = (await fetch(url)).body?.getReader();
  assert(reader, `${url} has no body`);
  let received = '';
  const receive = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      received += new TextDecoder().decode(value);
    }
  };
  void receive().catch(() => {});
  return {
    hasChanged: async () => (received.includes('data: changed') ? true : undefined),
    reset: () => {
      received = '';
    },
    close: () => reader.cancel(),
  };
}
